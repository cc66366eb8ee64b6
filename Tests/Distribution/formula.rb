# Runs the Linux half of a Homebrew formula without Homebrew: formula.rb FORMULA DIST PREFIX.
#
# Only the words that the formula uses are here: what they do follows Homebrew's Formula Cookbook.
require "digest"
require "fileutils"
require "pathname"

class Pathname
  def install(*names)
    mkpath
    names.flatten.each { |name| FileUtils.cp_r(name, self, preserve: true) }
  end
end

module OS
  def self.mac? = false
end

class Formula
  class << self
    attr_reader :address, :digest

    %i[desc homepage version license depends_on test on_macos].each { |word| define_method(word) { |*| nil } }
    def url(address) = @address = address
    def sha256(digest) = @digest = digest
    def on_linux = yield
  end

  def initialize(prefix) = @prefix = Pathname(prefix)
  def bin = @prefix/"bin"
  def man1 = @prefix/"share/man/man1"
  def man5 = @prefix/"share/man/man5"
  def doc = @prefix/"share/doc/docket"
  def bash_completion = @prefix/"etc/bash_completion.d"
  def zsh_completion = @prefix/"share/zsh/site-functions"
  def fish_completion = @prefix/"share/fish/vendor_completions.d"
end

formula, dist, prefix = ARGV
load formula
archive = File.join(dist, File.basename(Docket.address))
abort "another checksum than the tarball's" unless Digest::SHA256.file(archive).hexdigest == Docket.digest
FileUtils.mkdir_p("#{prefix}/unpacked")
system("tar", "-xJf", archive, "-C", "#{prefix}/unpacked", "--strip-components=1", exception: true)
Dir.chdir("#{prefix}/unpacked") { Docket.new(prefix).install }
