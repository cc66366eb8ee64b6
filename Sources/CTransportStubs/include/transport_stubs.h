#pragma once

// Only symbols for the linker; see transport_stubs.c.
