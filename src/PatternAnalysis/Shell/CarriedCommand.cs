using System.Collections.Frozen;

namespace PatternAnalysis.Shell;

/// <summary>
/// Commands that a program carries somewhere else: to another machine, into a container, to another shell. What they are is judged, and
/// the program that carries them as well.
/// </summary>
internal static class CarriedCommand
{
    private const string Ssh = "-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -P -p -Q -R -S -W -w";

    private const string Container =
        "-a --attach --add-host --annotation --blkio-weight --blkio-weight-device -c --cap-add --cap-drop --cgroup-parent --cgroupns "
        + "--cidfile --config --context --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime --cpu-shares --cpus --cpuset-cpus "
        + "--cpuset-mems --detach-keys --device --device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps "
        + "--device-write-iops --dns --dns-option --dns-search --domainname -e --entrypoint --env --env-file --env-from-file --expose "
        + "-f --file --gpus --group-add -H -h --health-cmd --health-interval --health-retries --health-start-interval "
        + "--health-start-period --health-timeout --host --hostname --index --ip --ip6 --ipc --isolation --kernel-memory -l --label "
        + "--label-file --link --link-local-ip --log-driver --log-level --log-opt -m --mac-address --memory --memory-reservation "
        + "--memory-swap --memory-swappiness --mount --name --net --net-alias --network --network-alias --oom-score-adj -p --parallel "
        + "--pid --pids-limit --platform --profile --progress --project-directory --project-name --publish --pull --restart --runtime "
        + "--security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tlscacert --tlscert --tlskey --tmpfs -u "
        + "--ulimit --user --userns --uts -v --volume --volume-driver --volumes-from -w --workdir";

    private const string Kubernetes =
        "--annotations --as --as-group --as-uid -c --cache-dir --certificate-authority --client-certificate --client-key --cluster "
        + "--container --context --copy-to --custom --env -f --field-manager --filename --grace-period --image --image-pull-policy "
        + "--kubeconfig -l --labels -n --namespace -o --output --overrides --override-type --password --pod-running-timeout --port "
        + "--profile --request-timeout --restart -s --server --set-image --shell --target --timeout --tls-server-name --token --user "
        + "--username -v";

    private const string Machine = "--cwd --env --group --mode --project --user";
    private const string Tmux = "-s -t -n -N -c -e -x -y -l -p -F -L -S -f";

    // Words that are run as they stand.
    private static readonly (string Name, Wrapper Wrapper)[] s_words =
    [
        ("docker", new("compose exec", Container, 1) { EndsAtOperands = true }),
        ("docker", new("compose run", Container, 1) { EndsAtOperands = true }),
        ("docker", new("container exec", Container, 1) { EndsAtOperands = true }),
        ("docker", new("container run", Container, 1) { EndsAtOperands = true }),
        ("docker", new("exec", Container, 1) { EndsAtOperands = true }),
        ("docker", new("run", Container, 1) { EndsAtOperands = true }),
        ("docker-compose", new("exec", Container, 1) { EndsAtOperands = true }),
        ("docker-compose", new("run", Container, 1) { EndsAtOperands = true }),
        ("podman", new("compose exec", Container, 1) { EndsAtOperands = true }),
        ("podman", new("compose run", Container, 1) { EndsAtOperands = true }),
        ("podman", new("container exec", Container, 1) { EndsAtOperands = true }),
        ("podman", new("container run", Container, 1) { EndsAtOperands = true }),
        ("podman", new("exec", Container, 1) { EndsAtOperands = true }),
        ("podman", new("run", Container, 1) { EndsAtOperands = true }),
        ("nerdctl", new("compose exec", Container, 1) { EndsAtOperands = true }),
        ("nerdctl", new("compose run", Container, 1) { EndsAtOperands = true }),
        ("nerdctl", new("exec", Container, 1) { EndsAtOperands = true }),
        ("nerdctl", new("run", Container, 1) { EndsAtOperands = true }),
        ("crictl", new("exec", "-r --runtime-endpoint -i --image-endpoint -c --config --timeout --transport -e --env", 1)),
        ("kubectl", new("exec", Kubernetes, 1) { BeginsBehindDashes = true }),
        ("kubectl", new("run", Kubernetes, 1) { BeginsBehindDashes = true }),
        ("kubectl", new("debug", Kubernetes, 1) { BeginsBehindDashes = true }),
        ("oc", new("exec", Kubernetes, 1) { BeginsBehindDashes = true }),
        ("oc", new("rsh", Kubernetes, 1) { BeginsBehindDashes = true }),
        ("lxc", new("exec", Machine, 1) { BeginsBehindDashes = true }),
        ("incus", new("exec", Machine, 1) { BeginsBehindDashes = true }),
        ("pct", new("exec", "--keep-env", 1) { BeginsBehindDashes = true }),
        ("multipass", new("exec", "-d --working-directory", 1) { BeginsBehindDashes = true }),
        ("limactl", new("shell", "--workdir --shell --log-level", 1)),
        ("lima", new("")),
        ("colima", new("ssh", "-p --profile")),
        ("orb", new("", "-m --machine -u --user -w --workdir")),
        ("machinectl", new("shell", "--uid -E --setenv -H --host -M --machine", 1)),
        ("distrobox", new("enter", "-n --name -a --additional-flags", 1) { BeginsBehindDashes = true }),
        ("toolbox", new("run", "-c --container -d --distro -r --release")),
        (
            "systemd-run",
            new(
                "",
                "-H --host -M --machine -u --unit -p --property --description --slice -E --setenv --uid --gid --nice --working-directory "
                    + "--on-active --on-boot --on-startup --on-unit-active --on-unit-inactive --on-calendar --timer-property "
                    + "--path-property --socket-property --service-type --background"
            )
        ),
        ("nsenter", new("", "-t --target -S --setuid -G --setgid")),
        (
            "unshare",
            new("", "-S --setuid -G --setgid -R --root -w --wd --map-user --map-group --map-users --map-groups --propagation --setgroups")
        ),
        (
            "parallel",
            new(
                "",
                "-j --jobs -P --max-procs -a --arg-file -S --sshlogin --sshloginfile --slf -I -d --delimiter --delay --timeout --joblog "
                    + "--results --retries -n --max-args -N --max-replace-args -L -C --colsep --header --tmpdir --workdir --wd --load "
                    + "--memfree --nice --env --basefile --bf --return --block --recstart --recend --rpl -s --max-chars --tagstring --halt "
                    + "--limit -J --profile"
            )
        ),
        ("heroku", new("run", "-a --app -s --size -e --env -r --remote --type")),
        ("railway", new("run", "-s --service -e --environment -p --project")),
        ("fly", new("machine exec", "-a --app -c --config --timeout", 1)),
        ("flyctl", new("machine exec", "-a --app -c --config --timeout", 1)),
        ("entr", new("")),
        ("strace", new("", "-a -b -e -E -I -o --output -O -p -P -s -S -u -U -X")),
        ("ltrace", new("", "-a -A -D -e -F -l -n -o -p -s -u -w -x -X")),
        ("perf", new("stat", "-e --event -r --repeat -o --output -p --pid -t --tid -I -C --cpu -x -G --cgroup -D --delay -M")),
        ("perf", new("record", "-e --event -o --output -p --pid -t --tid -C --cpu -F --freq -c --count -m --call-graph -G --cgroup")),
        ("valgrind", new("")),
        ("gdb", new("", "-x -ex -p -d -c -s -e")),
        ("git", new("bisect run", "-C -c --git-dir --work-tree --namespace")),
        ("runuser", new("", "-u --user -g --group -G --supp-group -s --shell -w --whitelist-environment")),
        (
            "setpriv",
            new(
                "",
                "--ruid --euid --rgid --egid --reuid --regid --groups --inh-caps --ambient-caps --bounding-set --securebits --pdeathsig "
                    + "--selinux-label --apparmor-profile"
            )
        ),
        ("gosu", new("", "", 1)),
        ("su-exec", new("", "", 1)),
        ("pkexec", new("", "--user")),
        ("sg", new("", "", 1)),
        ("sshpass", new("", "-p -f -d -P")),
    ];

    // Words that a shell gets, joined by blanks.
    private static readonly (string Name, Wrapper Wrapper)[] s_text =
    [
        ("ssh", new("", Ssh, 1)),
        ("autossh", new("", Ssh + " -M", 1)),
        ("slogin", new("", Ssh, 1)),
        ("tsh", new("ssh", "-l --login -p --port --proxy --user --ttl -i --identity -J --jumphost -c --cluster -o -L -R -D --auth", 1)),
        ("mosh", new("", "-p --port --ssh --predict --server --client", 1)),
        ("pdsh", new("", "-w -x -l -f -R -t -u -g")),
        ("clush", new("", "-w -x -g -X -l -f -t -u -o -m")),
        ("wsl", new("", "-d --distribution -u --user --cd --shell-type")),
        ("adb", new("shell", "-s -t -H -P -L")),
        ("minikube", new("ssh", "-p --profile -n --node")),
        ("podman", new("machine ssh", "--username", 1)),
        ("git", new("submodule foreach", "-C -c --git-dir --work-tree --namespace")),
        ("tmux", new("new-session", Tmux)),
        ("tmux", new("new", Tmux)),
        ("tmux", new("new-window", Tmux)),
        ("tmux", new("neww", Tmux)),
        ("tmux", new("split-window", Tmux)),
        ("tmux", new("splitw", Tmux)),
        ("tmux", new("respawn-pane", Tmux)),
        ("tmux", new("display-popup", Tmux)),
        ("tmux", new("send-keys", Tmux)),
        ("tmux", new("send", Tmux)),
        ("tmux", new("run-shell", Tmux)),
        ("tmux", new("run", Tmux)),
        ("screen", new("", "-S -X -t -c -e -h -p -s -T")),
        (
            "watchexec",
            new(
                "",
                "-w --watch -W -e --exts -f --filter -i --ignore -s --signal --stop-signal --stop-timeout -d --debounce -o "
                    + "--on-busy-update --shell -E --env --workdir"
            )
        ),
    ];

    // Each of the words is a text that a shell gets.
    private static readonly (string Name, Wrapper Wrapper)[] s_lines =
    [
        (
            "hyperfine",
            new(
                "",
                "-w --warmup -r --runs -n --command-name -m --min-runs -M --max-runs -L -D -S "
                    + "--shell -u --time-unit --style --sort --input "
                    + "--output --export-json --export-markdown --export-csv --export-asciidoc --export-orgmode"
            )
        ),
        (
            "concurrently",
            new("", "-n --names -c --prefix-colors -p --prefix -s --success -m --max-processes --restart-tries --restart-after")
        ),
    ];

    // Options whose value, or all that follows them, a shell gets.
    private static readonly FrozenDictionary<string, string[]> s_options = new Dictionary<string, string[]>
    {
        ["vagrant"] = ["-c", "--command"],
        ["gcloud"] = ["--command"],
        ["fly"] = ["-C", "--command"],
        ["flyctl"] = ["-C", "--command"],
        ["az"] = ["--scripts"],
        ["aws"] = ["--parameters"],
        ["ansible"] = ["-a", "--args"],
        ["nodemon"] = ["-x", "--exec"],
        ["nix-shell"] = ["--run", "--command"],
        ["wt"] = ["-c"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Wrapper[]> s_wordsByName = Wrapper.ByName(s_words);
    private static readonly FrozenDictionary<string, Wrapper[]> s_textByName = Wrapper.ByName(s_text);
    private static readonly FrozenDictionary<string, Wrapper[]> s_linesByName = Wrapper.ByName(s_lines);

    /// <summary>The words that the program hands on as a command, or <see langword="null"/>.</summary>
    public static IReadOnlyList<ShellWord>? FindWords(string program, IReadOnlyList<ShellWord> words)
    {
        if (FindStart(s_wordsByName, program, words) is not { } start)
            return null;
        ShellWord[] carried = [.. EntryPoint(words, start), .. words.Skip(start)];
        return carried[0].Value is ['-', ..] ? null : carried;
    }

    /// <summary>The text that the program hands to a shell, or <see langword="null"/>.</summary>
    public static string? FindText(string program, IReadOnlyList<ShellWord> words)
    {
        if (FindStart(s_textByName, program, words) is { } start)
            return string.Join(' ', words.Skip(start));
        if (FindStart(s_linesByName, program, words) is { } first)
            return string.Join('\n', words.Skip(first));
        if (!s_options.TryGetValue(program, out var options))
            return null;
        for (var index = 1; index < words.Count; index++)
        {
            var word = words[index].Value;
            if (options.Contains(word) && index + 1 < words.Count)
                return Unwrap(words[index + 1].Value);
            var option = Array.Find(
                options,
                option => option.StartsWith("--", StringComparison.Ordinal) && word.StartsWith(option + "=", StringComparison.Ordinal)
            );
            if (option is not null)
                return Unwrap(word[(option.Length + 1)..]);
        }

        return null;
    }

    /// <summary>
    /// Whether a word that stands where a program's name does is a whole line for a shell: <c>watch 'ls | wc
    /// -l'</c>. Folders may have blanks
    /// in their names, programs have none.
    /// </summary>
    public static bool IsLine(string word)
    {
        var line = word.AsSpan().Trim();
        var blank = line.IndexOfAny(" \t\n");
        return blank > 0
            && (line[..blank].IndexOfAny('/', '\\') < 0 || KnownPrograms.IsKnown(ProgramName.FromPath(line[..blank].ToString())));
    }

    // docker run --entrypoint sh image -c "...": what stands behind the image are the arguments of another program.
    private static IEnumerable<ShellWord> EntryPoint(IReadOnlyList<ShellWord> words, int end)
    {
        for (var index = 1; index < end; index++)
        {
            if (words[index].Value is "--entrypoint" && index + 1 < end)
                return [words[index + 1]];
            if (words[index].Value.StartsWith("--entrypoint=", StringComparison.Ordinal))
                return [words[index] with { Value = words[index].Value["--entrypoint=".Length..] }];
        }

        return [];
    }

    // commands=["a","b"], commands='a': the commands are what is left without brackets and quotes.
    private static string Unwrap(string text) =>
        text.StartsWith("commands=", StringComparison.Ordinal) || text.StartsWith('{')
            ? text.Replace("commands", "", StringComparison.Ordinal)
                .Replace("\",\"", "\n", StringComparison.Ordinal)
                .Trim('{', '}', '[', ']', '=', ':', '"', '\'', ' ')
            : text;

    private static int? FindStart(FrozenDictionary<string, Wrapper[]> table, string program, IReadOnlyList<ShellWord> words)
    {
        foreach (var wrapper in table.GetValueOrDefault(program) ?? [])
        {
            if (wrapper.FindCommand(words) is >= 0 and var found)
                return found;
        }

        return null;
    }
}
