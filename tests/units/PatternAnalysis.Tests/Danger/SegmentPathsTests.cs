using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Danger;

/// <summary>Which files a command names, reads, writes and empties.</summary>
public class SegmentPathsTests
{
    // Of the last command that stands in no other.
    private static SegmentPaths Paths(string text, ShellDialect dialect = ShellDialect.Posix, string? folder = null)
    {
        var segments = ShellReader.Read(text, dialect).Segments.ToList();
        var place = segments.FindLastIndex(segment => segment.Depth == 0);
        return new SegmentFacts(segments[place], segments.Skip(place + 1), folder).Paths;
    }

    [Theory]
    [InlineData("> f")]
    [InlineData(">| f")]
    [InlineData("&> f")]
    [InlineData(">& f")]
    [InlineData(": > f")]
    [InlineData(": 2> f")]
    [InlineData("true > f")]
    [InlineData("false > f")]
    [InlineData("test a > f")]
    [InlineData("[ a ] > f")]
    [InlineData("[[ a ]] > f")]
    [InlineData("cd a > f")]
    [InlineData("export A > f")]
    [InlineData("unset A > f")]
    [InlineData("shift > f")]
    [InlineData("sleep 1 > f")]
    [InlineData("wait > f")]
    [InlineData("let a=1 > f")]
    [InlineData("local a > f")]
    [InlineData("declare a > f")]
    [InlineData("readonly a > f")]
    [InlineData("typeset a > f")]
    [InlineData("read a > f")]
    [InlineData("umask 0 > f")]
    [InlineData("trap a INT > f")]
    [InlineData("exec > f")]
    [InlineData("echo > f")]
    [InlineData("echo -n > f")]
    [InlineData("echo -n '' > f")]
    [InlineData("echo -e > f")]
    [InlineData("echo -E > f")]
    [InlineData("printf > f")]
    [InlineData("printf '' > f")]
    [InlineData("printf '' a > f")]
    [InlineData("printf %s > f")]
    [InlineData("printf %s '' > f")]
    [InlineData("printf %b '' '' > f")]
    [InlineData("printf -- > f")]
    [InlineData("cat /dev/null > f")]
    [InlineData("cat -u /dev/null > f")]
    [InlineData("cat < /dev/null > f")]
    [InlineData("cat a < /dev/null > f")]
    [InlineData(": | cat > f")]
    [InlineData(": | cat | cat > f")]
    [InlineData(": | tee > f")]
    [InlineData("tee /dev/null > f")]
    [InlineData("head -c0 a > f")]
    [InlineData("head -n0 a > f")]
    [InlineData("tail -0 a > f")]
    [InlineData("head --bytes=0 a > f")]
    [InlineData("tail --lines=0 a > f")]
    [InlineData("head -c 0 a > f")]
    [InlineData("tail -n 0 a > f")]
    [InlineData("true | tee f")]
    [InlineData("tee f < /dev/null")]
    [InlineData("tee /tmp/a f < /dev/null")]
    [InlineData("cp /dev/null f")]
    [InlineData("cp -f /dev/null f")]
    [InlineData("install /dev/null f")]
    [InlineData("rsync /dev/null f")]
    [InlineData("mv /dev/null f")]
    [InlineData("dd if=/dev/null of=f")]
    [InlineData("dd of=f < /dev/null")]
    [InlineData(": | dd of=f bs=1")]
    [InlineData("dd if=a of=f count=0")]
    [InlineData("cp /dev/stdin f < /dev/null")]
    [InlineData("{ :; } > f")]
    [InlineData("(true; false) > f")]
    [InlineData("for x in y; do :; done > f")]
    [InlineData("while read a; do :; done > f")]
    [InlineData("{ { :; } > /dev/null; true; } > f")]
    [InlineData("case a in b) :;; esac > f")]
    [InlineData("bash -c : > f")]
    [InlineData("bash -c ': ; true' > f")]
    public void A_file_that_gets_nothing_is_emptied(string text) => Assert.True(Paths(text).Empties, text);

    [Theory]
    [InlineData(":")]
    [InlineData(">> f")]
    [InlineData(": >> f")]
    [InlineData(": < f")]
    [InlineData(": >&2")]
    [InlineData(": >&-")]
    [InlineData(": 2>&1-")]
    [InlineData(": >&$f")]
    [InlineData(": <& f")]
    [InlineData(": > /dev/null")]
    [InlineData(": > /dev/stderr")]
    [InlineData(": > /dev/stdout")]
    [InlineData(": > /dev/tty")]
    [InlineData(": > /dev/zero")]
    [InlineData(": > /dev/fd/3")]
    [InlineData(": > /dev/tcp/a/1")]
    [InlineData(": > /tmp/a")]
    [InlineData("> nul")]
    [InlineData("ls > f")]
    [InlineData("echo a > f")]
    [InlineData("echo -n a > f")]
    [InlineData("echo -x > f")]
    [InlineData("printf a > f")]
    [InlineData("printf %s a > f")]
    [InlineData("printf %d '' > f")]
    [InlineData("printf -- a > f")]
    [InlineData("cat a > f")]
    [InlineData("cat a /dev/null > f")]
    [InlineData("cat > f")]
    [InlineData("cat - > f")]
    [InlineData("ls | cat > f")]
    [InlineData("ls | cat | cat > f")]
    [InlineData("head a > f")]
    [InlineData("head -c1 a > f")]
    [InlineData("head -c 10 a > f")]
    [InlineData("tail -n +0 a > f")]
    [InlineData("head a 0 > f")]
    [InlineData("ls | tee f")]
    [InlineData("tee f")]
    [InlineData("tee -a f < /dev/null")]
    [InlineData("tee --append f < /dev/null")]
    [InlineData("tee /tmp/a < /dev/null")]
    [InlineData("cp a f")]
    [InlineData("cp a /dev/null")]
    [InlineData("cp /dev/stdin f")]
    [InlineData("cat /dev/null f")]
    [InlineData("dd if=a of=f")]
    [InlineData("dd if=a of=f < /dev/null")]
    [InlineData("dd if=/dev/null of=f conv=notrunc")]
    [InlineData("dd if=/dev/null of=/dev/null")]
    [InlineData("dd if=/dev/null")]
    [InlineData("{ ls; } > f")]
    [InlineData("{ :; ls; } > f")]
    [InlineData("(:; ls; :) > f")]
    [InlineData("{ $x; } > f")]
    [InlineData("bash -c ls > f")]
    [InlineData("bash -c \"$x\" > f")]
    [InlineData("bash a > f")]
    [InlineData("$x > f")]
    public void A_file_that_gets_something_or_keeps_what_it_has_is_not(string text) => Assert.False(Paths(text).Empties, text);

    [Theory]
    [InlineData("$null > f", true)]
    [InlineData("'' > f", true)]
    [InlineData("\"\" > f", true)]
    [InlineData("@() > f", true)]
    [InlineData("$() > f", true)]
    [InlineData("[string]::Empty > f", true)]
    [InlineData("echo '' > f", true)]
    [InlineData("Write-Output $null > f", true)]
    [InlineData("write > f", true)]
    [InlineData("'a' > f", false)]
    [InlineData("$null >> f", false)]
    [InlineData("$null > $null", false)]
    [InlineData("$null > NUL", false)]
    [InlineData("echo a > f", false)]
    [InlineData("gci > f", false)]
    [InlineData("New-Item f -Force", true)]
    [InlineData("ni f -ItemType File -fo", true)]
    [InlineData("ni f", false)]
    [InlineData("ni f -ItemType Directory -Force", false)]
    [InlineData("ni f -Type dir -Force", false)]
    [InlineData("ni f -ItemType d -Force", false)]
    [InlineData("ni f -ItemType Container -Force", false)]
    [InlineData("ni f -ItemType Junction -Target a -Force", false)]
    [InlineData("ni f -ItemType SymbolicLink -Target a -Force", false)]
    [InlineData("ni f -ItemType HardLink -Target a -Force", false)]
    [InlineData("Copy-Item NUL f", true)]
    [InlineData("cpi nul f", true)]
    [InlineData("copy nul f", true)]
    [InlineData("cp nul f", true)]
    [InlineData("copy a f", false)]
    [InlineData("Set-Content f ''", true)]
    [InlineData("sc f $null", true)]
    [InlineData("sc f a", false)]
    [InlineData("'' | Set-Content f", true)]
    [InlineData("$null | Out-File f", true)]
    [InlineData("echo '' | Out-File f", true)]
    [InlineData("gc a | Out-File f", false)]
    [InlineData("'' | Out-File f -Append", false)]
    [InlineData("'' | Out-File f -NoClobber", false)]
    [InlineData("Out-File f", true)]
    [InlineData("Out-File f -InputObject a", false)]
    [InlineData("Out-File f -NoClobber", false)]
    [InlineData("Set-Content f", false)]
    [InlineData("'' | Tee-Object f", true)]
    [InlineData("'' | tee f", true)]
    [InlineData("gc a | tee f", false)]
    [InlineData("Add-Content f ''", false)]
    public void PowerShell_empties_files_in_ways_of_its_own(string text, bool empties) =>
        Assert.Equal(empties, Paths(text, ShellDialect.PowerShell).Empties);

    [Theory]
    [InlineData("sort f > f")]
    [InlineData("sort ./a/../f > f")]
    [InlineData("sort < f > f")]
    [InlineData("sort <> f > f")]
    [InlineData("cat f | sort > f")]
    [InlineData("cat f | sort | tee f")]
    [InlineData("cat f | a | a | a | a | a | a | tee f")]
    [InlineData("sort f | tee f")]
    [InlineData("grep a f > f")]
    [InlineData("grep -e a f > f")]
    [InlineData("grep --regexp=a f > f")]
    [InlineData("sed -f f a > f")]
    [InlineData("awk --file f a > f")]
    [InlineData("sort --files0-from=f > f")]
    [InlineData("curl -d @f a > f")]
    [InlineData("cat {f,g} > f")]
    public void A_file_that_is_emptied_before_it_is_read_is_found(string text) => Assert.True(Paths(text).OverwritesInput, text);

    [Theory]
    [InlineData("sort f > g")]
    [InlineData("sort f >> f")]
    [InlineData("sort f")]
    [InlineData("sort < g > f")]
    [InlineData("cat f | a | a | a | a | a | a | a | tee f")]
    [InlineData("cat f | tee -a f")]
    [InlineData("tee f > f")]
    [InlineData("sort f > /dev/null")]
    [InlineData("sort /tmp/f > /tmp/f")]
    [InlineData("a $(cat f) > f")]
    [InlineData("grep -a f g > f")]
    public void A_file_that_is_kept_or_read_before_is_not(string text) => Assert.False(Paths(text).OverwritesInput, text);

    [Theory]
    [InlineData("echo printf test [ touch mkdir rm rmdir ls ln cd true false : read export printenv")]
    public void What_prints_or_tests_its_words_reads_no_file_of_that_name(string programs)
    {
        foreach (var program in programs.Split(' '))
        {
            Assert.False(Paths($"{program} f > f").OverwritesInput, program);
            Assert.True(Paths($"{program} < f > f").OverwritesInput, program);
        }
    }

    [Theory]
    [InlineData("grep egrep fgrep zgrep rg ag ack sed gsed awk gawk mawk nawk jq yq")]
    public void A_pattern_is_no_file(string programs)
    {
        foreach (var program in programs.Split(' '))
        {
            Assert.False(Paths($"{program} f g > f").OverwritesInput, program);
            Assert.False(Paths($"{program} -i f g > f").OverwritesInput, program);
            Assert.True(Paths($"{program} g f > f").OverwritesInput, program);
            foreach (var option in new[] { "-e a", "-f a", "--regexp a", "--file a", "--regexp=a" })
                Assert.True(Paths($"{program} {option} f g > f").OverwritesInput, program + option);
        }
    }

    [Theory]
    [InlineData("gc f | sc f", true)]
    [InlineData("gc f | Set-Content f", true)]
    [InlineData("gc f | Out-File -Encoding utf8 f", true)]
    [InlineData("gc f > f", true)]
    [InlineData("gc f | sort > f", true)]
    [InlineData("sls a f > f", true)]
    [InlineData("sls f a > f", false)]
    [InlineData("Select-String f a > f", false)]
    [InlineData("(gc f) | sc f", false)]
    [InlineData("gc g | sc f", false)]
    [InlineData("gc f | Add-Content f", false)]
    [InlineData("Write-Output f > f", false)]
    [InlineData("Write-Host f > f", false)]
    [InlineData("Set-Content f > f", false)]
    [InlineData("Tee-Object f > f", false)]
    public void PowerShell_reads_and_writes_in_one_pipeline(string text, bool overwrites) =>
        Assert.Equal(overwrites, Paths(text, ShellDialect.PowerShell).OverwritesInput);

    [Theory]
    [InlineData("cat f", "f")]
    [InlineData("cat ./a//b/../f", "a/f")]
    [InlineData("cat {f,g}h", "fh gh")]
    [InlineData("tool --in=f", "--in=f f -in=f")]
    [InlineData("tool a=b=f", "a=b=f f b=f")]
    [InlineData("git show HEAD:f", "show HEAD:f f")]
    [InlineData("curl -d @f", "-d @f f")]
    [InlineData("curl -df", "-df f")]
    [InlineData("tool f=", "f=")]
    [InlineData("tool < f > g 2>> h", "f g h")]
    [InlineData("tool 2>&1 <<< f", "")]
    [InlineData("tool >& f 0<&3- >&-", "f")]
    [InlineData("tool <<f\ng\nf", "")]
    [InlineData("grep f g", "g")]
    [InlineData("for x in f g; do cat $x; done", "$x f g")]
    [InlineData("ls f | xargs cat", "f")]
    [InlineData("ls f | sort g | xargs cat -n", "-n g f")]
    [InlineData("ls f | cat", "")]
    [InlineData("cat ''", "")]
    public void Every_spelling_of_a_file_in_a_command_is_found(string text, string files) =>
        Assert.Equal(
            files.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(["-in=f"]).Order(StringComparer.Ordinal),
            Paths(text).Touched.Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData("Get-Content")]
    [InlineData("gc")]
    [InlineData("cat")]
    [InlineData("type")]
    [InlineData("Select-String -Pattern a")]
    [InlineData("sls -Pattern a")]
    [InlineData("Copy-Item")]
    [InlineData("cpi")]
    [InlineData("cp")]
    [InlineData("Format-Hex")]
    [InlineData("Import-Csv")]
    [InlineData("Compress-Archive")]
    public void What_is_piped_into_a_reader_of_PowerShell_is_read(string reader)
    {
        Assert.Contains(".env", Paths($"gi .env | {reader}", ShellDialect.PowerShell).Touched);
        Assert.DoesNotContain(".env", Paths($"gi .env | {reader}").Touched);
        Assert.DoesNotContain(".env", Paths("gi .env | sort", ShellDialect.PowerShell).Touched);
    }

    [Fact]
    public void A_relative_path_is_one_of_the_folder()
    {
        Assert.Equal(["/a/b/f", "/g", "~/h", "$i"], Paths("cat f /g ~/h $i", folder: "/a/b").Touched);
        Assert.Equal(["/a/f"], Paths("cat ../f", folder: "/a/b").Touched);
        Assert.Equal(["f"], Paths("cat f").Touched);
    }

    [Fact]
    public void What_a_finder_is_given_may_be_what_its_command_reads()
    {
        var segments = ShellReader.Read("find a .env -exec cat {} +", ShellDialect.Posix).Segments;

        Assert.Contains(".env", new SegmentFacts(segments[1], [], null).Paths.Touched);
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void A_word_that_is_longer_than_any_path_is_none(int length, bool isPath) =>
        Assert.Equal(isPath, Paths("cat " + new string('a', length)).Touched.Any());
}
