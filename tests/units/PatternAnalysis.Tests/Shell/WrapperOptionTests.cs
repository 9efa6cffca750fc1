using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

/// <summary>The options are those of the programs' manuals, each value the name of a program that does no harm.</summary>
public class WrapperOptionTests
{
    private const string Python =
        "--with -w --with-editable --with-requirements --python -p --extra --no-extra --group "
        + "--no-group --only-group --env-file --directory "
        + "--project --package --index --default-index --index-url -i --extra-index-url "
        + "--find-links -f --index-strategy --keyring-provider "
        + "--config-file --cache-dir --link-mode --resolution --prerelease --exclude-newer --refresh-package --upgrade-package -P "
        + "--reinstall-package --config-setting -C --no-build-package --no-binary-package --allow-insecure-host --python-platform --color";

    // Where "…" stands, one of the options does.
    public static TheoryData<string, string, string, string> Wrappers =>
        new()
        {
            { "env … rm -rf data", "env", "-i -0 -v --debug - A=1", "-u --unset -C --chdir -a --argv0 -P -iu" },
            {
                "sudo … rm -rf data",
                "sudo",
                "-A -B -b -E -H -i -k -n -P -S -s -nE A=1 --preserve-env=A",
                "-u --user -g --group -h --host -p --prompt -C --close-from -T --command-timeout -R "
                    + "--chroot -D --chdir -r --role -t --type "
                    + "-U --other-user -nu"
            },
            { "doas … rm -rf data", "doas", "-n -s A=1", "-u -C -a" },
            { "/usr/bin/time … rm -rf data", "time", "-p -v -a -q", "-f --format -o --output" },
            { "nohup … rm -rf data", "nohup", "--", "" },
            { "setsid … rm -rf data", "setsid", "-c -f -w", "" },
            { "unbuffer … rm -rf data", "unbuffer", "-p", "" },
            { "busybox … rm -rf data", "busybox", "", "" },
            { "nice … rm -rf data", "nice", "-5 --adjustment=5", "-n --adjustment" },
            { "ionice … rm -rf data", "ionice", "-t --ignore -c3", "-c --class -n --classdata" },
            { "timeout … 60 rm -rf data", "timeout", "-f --foreground -v --verbose -p --preserve-status", "-s --signal -k --kill-after" },
            { "gtimeout … 60 rm -rf data", "gtimeout", "--foreground", "-s --signal -k --kill-after" },
            { "stdbuf … rm -rf data", "stdbuf", "-oL -i0 --output=L", "-i --input -o --output -e --error" },
            { "caffeinate … rm -rf data", "caffeinate", "-d -i -m -s -u -dims", "-t -w" },
            { "chroot … /mnt rm -rf data", "chroot", "--skip-chdir", "--userspec --groups -u -g -G" },
            {
                "flock … lock rm -rf data",
                "flock",
                "-s -x -e -n -o -F --nonblock --verbose",
                "-w --timeout --wait -E --conflict-exit-code"
            },
            {
                "xargs … rm -rf data",
                "xargs",
                "-0 --null -r --no-run-if-empty -t --verbose -p -x --exit -o --open-tty -n1 -P4 -I% -i -l --max-lines --replace --eof -0r",
                "-n --max-args -I -J -R -P --max-procs -L -d --delimiter -a --arg-file -E -s --max-chars --process-slot-var -0I -rn"
            },
            { "watch … rm -rf data", "watch", "-b -c -d -e -g -p -t -x --color", "-n --interval -q --equexit -s --shotsdir" },
            { "exec … rm -rf data", "exec", "-c -l", "-a -ca" },
            { "command … rm -rf data", "command", "-p --", "" },
            { "builtin … rm -rf data", "builtin", "", "" },
            { "noglob … rm -rf data", "noglob", "", "" },
            { "uv run … rm -rf data", "uv run", "--isolated --no-project --frozen --locked -q -m", Python },
            { "uv … run rm -rf data", "uv run", "-q -v --offline", "--directory --project --color" },
            { "uv tool run … rm -rf data", "uv tool run", "--isolated", "--from --with --constraints -c --overrides" },
            { "uvx … rm -rf data", "uvx", "--isolated", "--from --with -p --python" },
            { "pipx run … rm -rf data", "pipx run", "--no-cache", "--spec --python --with --pip-args --index-url -i" },
            { "poetry … run rm -rf data", "poetry run", "-q -n", "-C --directory -P --project" },
            { "pipenv … run rm -rf data", "pipenv run", "-q", "--python --pypi-mirror" },
            { "pdm run … rm -rf data", "pdm run", "-s", "-p --project" },
            { "hatch … run rm -rf data", "hatch run", "-v", "-e --env -p --project --config --data-dir --cache-dir" },
            { "rye run … rm -rf data", "rye run", "-l", "--pyproject" },
            { "conda run … rm -rf data", "conda run", "--no-capture-output --live-stream -v", "-n --name -p --prefix --cwd" },
            { "mamba run … rm -rf data", "mamba run", "-v", "-n --name -p --prefix --cwd" },
            {
                "micromamba run … rm -rf data",
                "micromamba run",
                "--detach",
                "-n --name -p --prefix --cwd -r --root-prefix -e --env --label -a --attach"
            },
            { "bundle exec … rm -rf data", "bundle exec", "--keep-file-descriptors", "--gemfile" },
            { "mise exec … -- rm -rf data", "mise exec", "-q", "-C --cd -j --jobs -E --env" },
            { "mise x … -- rm -rf data", "mise x", "-y", "-C --cd -j --jobs -E --env" },
            { "direnv exec . … rm -rf data", "direnv exec", "", "" },
            { "npx … rm -rf data", "npx", "-y --yes --no --ignore-existing", "-p --package -w --workspace --prefix" },
            { "npx … 'rm -rf data'", "npx", "-c --call", "" },
            { "bunx … rm -rf data", "bunx", "--bun --silent", "-p --package" },
            {
                "npm … exec -- rm -rf data",
                "npm exec",
                "--ws --silent",
                "--prefix -w --workspace -C --registry --cache --userconfig --loglevel"
            },
            { "npm x … -- rm -rf data", "npm x", "-y", "--package" },
            { "pnpm … exec rm -rf data", "pnpm exec", "-r", "--filter -F -C --dir --resume-from" },
            { "pnpm dlx … rm -rf data", "pnpm dlx", "-s", "--package" },
            { "yarn … exec rm -rf data", "yarn exec", "-s", "--cwd" },
            { "yarn dlx … rm -rf data", "yarn dlx", "-q", "-p --package" },
            { "bun x … rm -rf data", "bun x", "--bun", "--package" },
            { "pixi run … rm -rf data", "pixi run", "--frozen", "-e --environment --manifest-path" },
            { "rbenv exec … rm -rf data", "rbenv exec", "", "" },
            { "pyenv exec … rm -rf data", "pyenv exec", "", "" },
            { "asdf exec … rm -rf data", "asdf exec", "", "" },
            { "volta run … rm -rf data", "volta run", "--no-yarn", "--node --npm --yarn --pnpm" },
            { "rustup run … stable rm -rf data", "rustup run", "--install", "" },
            { "cross-env … rm -rf data", "cross-env", "A=1", "" },
            {
                "xvfb-run … rm -rf data",
                "xvfb-run",
                "-a --auto-servernum -l",
                "-n --server-num -s --server-args -e --error-file -f --auth-file -p --xauth-protocol -w --wait"
            },
            { "chronic … rm -rf data", "chronic", "-v -e", "" },
            { "taskset … 0x1 rm -rf data", "taskset", "-a -c", "" },
        };

    /// <summary>Nothing, each option alone, each with a value behind it, and long ones with one that is joined by an equals sign.</summary>
    public static IEnumerable<string> Options(string flags, string values)
    {
        var taking = values.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend(""),
            .. taking.Select(option => option + " echo"),
            .. taking.Where(option => option.StartsWith("--", StringComparison.Ordinal)).Select(option => option + "=echo"),
        ];
    }

    [Theory]
    [MemberData(nameof(Wrappers))]
    public void What_a_wrapper_runs_is_read_whatever_options_stand_before_it(string form, string wrapper, string flags, string values)
    {
        foreach (var option in Options(flags, values))
        {
            var text = form.Replace("…", option, StringComparison.Ordinal);
            var segment = ShellReader.Read(text, ShellDialect.Posix).Segments[^1];
            // A line for a shell is a segment of its own.
            var wrappers = form.Contains('\'', StringComparison.Ordinal) ? wrapper : string.Join(' ', segment.Wrappers);

            Assert.Equal(
                $"{text} => {wrapper}: rm -rf data",
                $"{text} => {wrappers}: {segment.Program} {string.Join(' ', segment.Arguments)}"
            );
        }
    }

    [Theory]
    [InlineData("sudo -l rm")]
    [InlineData("sudo --list rm")]
    [InlineData("sudo -v rm")]
    [InlineData("sudo --validate rm")]
    [InlineData("ionice -p 7")]
    [InlineData("ionice --pid 7")]
    [InlineData("ionice -P 7")]
    [InlineData("ionice --pgid 7")]
    [InlineData("ionice -u 7")]
    [InlineData("ionice --uid 7")]
    [InlineData("command -v rm")]
    [InlineData("command -V rm")]
    [InlineData("taskset -p 1 rm")]
    [InlineData("taskset --pid 1 rm")]
    [InlineData("timeout 5")]
    [InlineData("uv --directory run sync")]
    [InlineData("cross-env A=1")]
    public void What_only_asks_or_runs_nothing_is_itself_the_program(string text)
    {
        var segment = Assert.Single(ShellReader.Read(text, ShellDialect.Posix).Segments);

        Assert.Equal((text.Split(' ')[0], ""), (segment.Program, string.Join(' ', segment.Wrappers)));
    }

    [Theory]
    [InlineData("watch 'ls | rm x'", "watch ls rm")]
    [InlineData("npm exec -c 'ls && rm x'", "npm ls rm")]
    [InlineData("timeout 5 '/bin/rm -rf x'", "timeout rm")]
    [InlineData("timeout 5 'C:\\Program Files\\tool.exe' x", "tool")]
    [InlineData("env '/opt/my tools/tool' x", "tool")]
    public void A_line_where_a_program_is_expected_is_read_as_one(string text, string programs) =>
        Assert.Equal(programs, string.Join(' ', ShellReader.Read(text, ShellDialect.Posix).Segments.Select(segment => segment.Program)));

    [Theory]
    [InlineData("xargs -I% sh -c %")]
    [InlineData("xargs -I % sh -c %")]
    [InlineData("xargs -J % sh -c %")]
    [InlineData("xargs -0I% sh -c %")]
    [InlineData("xargs -0rtI % sh -c ' %'")]
    [InlineData("xargs --replace=% sh -c %")]
    [InlineData("xargs --replace sh -c {}")]
    [InlineData("xargs -i sh -c {}")]
    [InlineData("xargs -i% sh -c %")]
    [InlineData("xargs sh -c '{}'")]
    [InlineData("find . -exec sh -c {} +")]
    public void What_runs_the_words_that_it_reads_is_not_read_from_the_text(string text) =>
        Assert.Contains(
            ShellReader.Read(text, ShellDialect.Posix).Segments,
            segment => segment.UnknownReason == "it runs what it reads as a command"
        );

    [Theory]
    [InlineData("xargs -I% sh -c 'ls %'")]
    [InlineData("xargs -I% sh -c '{}'")]
    [InlineData("find . -exec sh -c 'ls {}' +")]
    [InlineData("sh -c {}")]
    public void What_reads_only_the_arguments_of_a_command_is_read(string text) =>
        Assert.DoesNotContain(
            ShellReader.Read(text, ShellDialect.Posix).Segments,
            segment => segment.UnknownReason == "it runs what it reads as a command"
        );
}
