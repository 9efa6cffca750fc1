using System.Collections.Frozen;

namespace PatternAnalysis.Shell;

/// <summary>
/// Commands that a program carries somewhere else: to another machine, into a container, to another shell. What they are is judged, and
/// the program that carries them as well.
/// </summary>
internal static class CarriedCommand
{
    private static readonly string[] Ssh =
    [
        "-B",
        "-b",
        "-c",
        "-D",
        "-E",
        "-e",
        "-F",
        "-I",
        "-i",
        "-J",
        "-L",
        "-l",
        "-m",
        "-O",
        "-o",
        "-P",
        "-p",
        "-Q",
        "-R",
        "-S",
        "-W",
        "-w",
        "-M",
    ];

    private static readonly string[] Container =
    [
        "-u",
        "--user",
        "-w",
        "--workdir",
        "-e",
        "--env",
        "--env-file",
        "--detach-keys",
        "-v",
        "--volume",
        "-p",
        "--publish",
        "--name",
        "--network",
        "--net",
        "--entrypoint",
        "--mount",
        "-m",
        "--memory",
        "--cpus",
        "--platform",
        "-h",
        "--hostname",
        "-l",
        "--label",
        "--restart",
        "--pull",
        "--add-host",
        "--gpus",
        "--user-ns",
        "--index",
        "-f",
        "--file",
        "--project-name",
        "--profile",
        "--project-directory",
        "-H",
        "--host",
    ];

    private static readonly string[] Kubernetes =
    [
        "-n",
        "--namespace",
        "-c",
        "--container",
        "--context",
        "--kubeconfig",
        "--cluster",
        "-f",
        "--filename",
        "--pod-running-timeout",
        "--image",
        "--user",
    ];

    private static readonly string[] None = [];
    private static readonly string[] Tmux = ["-s", "-t", "-n", "-c", "-e", "-x", "-y", "-l", "-p", "-F"];

    // Words that are run as they stand.
    private static readonly (string Name, Wrapper Wrapper)[] Words =
    [
        ("docker", new(["compose", "exec"], Container, 1)),
        ("docker", new(["compose", "run"], Container, 1)),
        ("docker", new(["container", "exec"], Container, 1)),
        ("docker", new(["container", "run"], Container, 1)),
        ("docker", new(["exec"], Container, 1)),
        ("docker", new(["run"], Container, 1)),
        ("docker-compose", new(["exec"], Container, 1)),
        ("docker-compose", new(["run"], Container, 1)),
        ("podman", new(["compose", "exec"], Container, 1)),
        ("podman", new(["exec"], Container, 1)),
        ("podman", new(["run"], Container, 1)),
        ("nerdctl", new(["exec"], Container, 1)),
        ("nerdctl", new(["run"], Container, 1)),
        ("crictl", new(["exec"], None, 1)),
        ("kubectl", new(["exec"], Kubernetes, 1)),
        ("kubectl", new(["run"], Kubernetes, 1)),
        ("kubectl", new(["debug"], Kubernetes, 1)),
        ("oc", new(["exec"], Kubernetes, 1)),
        ("oc", new(["rsh"], Kubernetes, 1)),
        ("lxc", new(["exec"], None, 1)),
        ("incus", new(["exec"], None, 1)),
        ("pct", new(["exec"], None, 1)),
        ("multipass", new(["exec"], ["-d", "--working-directory"], 1)),
        ("limactl", new(["shell"], ["--workdir", "--shell"], 1)),
        ("lima", new(None, None)),
        ("colima", new(["ssh"], ["-p", "--profile"])),
        ("orb", new(None, ["-m", "-u", "-w"])),
        ("machinectl", new(["shell"], None, 1)),
        ("distrobox", new(["enter"], ["-n", "--name"], 1)),
        ("toolbox", new(["run"], ["-c", "--container"])),
        ("systemd-run", new(None, ["-p", "--property", "-u", "--unit", "-E", "--setenv", "-M", "-H", "--on-calendar", "--on-active"])),
        ("nsenter", new(None, ["-t", "--target"])),
        ("unshare", new(None, None)),
        ("parallel", new(None, ["-j", "--jobs", "-a", "--arg-file", "-S", "--sshlogin", "-I", "-d", "--delay", "--timeout", "--joblog"])),
        ("heroku", new(["run"], ["-a", "--app"])),
        ("railway", new(["run"], ["-s", "--service", "-e", "--environment"])),
        ("fly", new(["machine", "exec"], ["-a", "--app"], 1)),
        ("entr", new(None, None)),
        ("strace", new(None, ["-o", "-e", "-p", "-s", "-u", "-E"])),
        ("ltrace", new(None, ["-o", "-e", "-p", "-s", "-u"])),
        ("perf", new(["stat"], ["-e", "-r", "-o"])),
        ("valgrind", new(None, None)),
        ("gdb", new(None, ["-x", "-ex", "-p"])),
        ("git", new(["bisect", "run"], ["-C", "-c"])),
        ("runuser", new(None, ["-u", "-g", "-G"])),
        ("setpriv", new(None, None)),
        ("gosu", new(None, None, 1)),
        ("su-exec", new(None, None, 1)),
        ("pkexec", new(None, ["--user"])),
        ("sg", new(None, None, 1)),
    ];

    // Words that a shell gets, joined by blanks.
    private static readonly (string Name, Wrapper Wrapper)[] Text =
    [
        ("ssh", new(None, Ssh, 1)),
        ("autossh", new(None, Ssh, 1)),
        ("slogin", new(None, Ssh, 1)),
        ("tsh", new(["ssh"], None, 1)),
        ("mosh", new(None, ["-p", "--port"], 1)),
        ("sshpass", new(None, ["-p", "-f", "-d"])),
        ("pdsh", new(None, ["-w", "-x", "-l", "-f", "-R"])),
        ("clush", new(None, ["-w", "-x", "-g", "-l"])),
        ("wsl", new(None, ["-d", "--distribution", "-u", "--user", "--cd", "--shell-type"])),
        ("adb", new(["shell"], ["-s"])),
        ("minikube", new(["ssh"], ["-p", "--profile", "-n", "--node"])),
        ("podman", new(["machine", "ssh"], None, 1)),
        ("git", new(["submodule", "foreach"], ["-C", "-c"])),
        ("tmux", new(["new-session"], Tmux)),
        ("tmux", new(["new"], Tmux)),
        ("tmux", new(["new-window"], Tmux)),
        ("tmux", new(["neww"], Tmux)),
        ("tmux", new(["split-window"], Tmux)),
        ("tmux", new(["send-keys"], Tmux)),
        ("tmux", new(["send"], Tmux)),
        ("tmux", new(["run-shell"], Tmux)),
        ("screen", new(None, ["-S", "-X", "-t", "-c"])),
        ("hyperfine", new(None, ["-w", "-r", "-n", "-m", "-M", "--warmup", "--runs", "--export-json", "--export-markdown", "-L"])),
        ("concurrently", new(None, ["-n", "--names", "-c"])),
        ("watchexec", new(None, ["-w", "--watch", "-e", "--exts", "-i", "--ignore"])),
    ];

    // Options whose value, or all that follows them, a shell gets.
    private static readonly FrozenDictionary<string, string[]> Options = new Dictionary<string, string[]>
    {
        ["vagrant"] = ["-c", "--command"],
        ["gcloud"] = ["--command"],
        ["fly"] = ["-C", "--command"],
        ["flyctl"] = ["-C", "--command"],
        ["az"] = ["--scripts"],
        ["aws"] = ["--parameters"],
        ["ansible"] = ["-a", "--args"],
        ["nodemon"] = ["-x", "--exec"],
        ["wt"] = ["-c"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Wrapper[]> WordsByName = ByName(Words);
    private static readonly FrozenDictionary<string, Wrapper[]> TextByName = ByName(Text);

    /// <summary>The words that the program hands on as a command, or <see langword="null"/>.</summary>
    public static IReadOnlyList<ShellWord>? FindWords(string program, IReadOnlyList<ShellWord> words) =>
        FindStart(WordsByName, program, words) is { } start ? [.. words.Skip(start)] : null;

    /// <summary>The text that the program hands to a shell, or <see langword="null"/>.</summary>
    public static string? FindText(string program, IReadOnlyList<ShellWord> words)
    {
        if (FindStart(TextByName, program, words) is { } start)
            return string.Join(' ', words.Skip(start));
        if (!Options.TryGetValue(program, out var options))
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
            if (wrapper.FindCommand(words, 0) is >= 0 and var found)
                return found;
        }

        return null;
    }

    private static FrozenDictionary<string, Wrapper[]> ByName((string Name, Wrapper Wrapper)[] entries) =>
        entries
            .GroupBy(entry => entry.Name, entry => entry.Wrapper, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);
}
