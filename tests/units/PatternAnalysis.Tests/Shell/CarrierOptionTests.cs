using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

/// <summary>
/// The options are those of the programs' manuals. An option whose value is taken for the command, or a command that is taken for a value,
/// hides what runs; so each value is the name of a program that does no harm.
/// </summary>
public class CarrierOptionTests
{
    private const string Command = "rm -rf data";

    // Where "…" stands, one of the options does; what comes out in the end is the command, and what carries it before.
    public static TheoryData<string, string, string, string> Carriers =>
        new()
        {
            {
                "docker exec … container rm -rf data",
                "docker",
                "-d --detach -i --interactive -t --tty -it --privileged",
                "-e --env --env-file --detach-keys -u --user -w --workdir -itu -itw"
            },
            { "docker … exec container rm -rf data", "docker", "-D --tls", "-H --host -c --context --config -l --log-level --tlskey" },
            {
                "docker run … image rm -rf data",
                "docker",
                "-d -i -t -it --rm --init --privileged --read-only -P --publish-all --no-healthcheck --oom-kill-disable -q",
                "--add-host -a --attach --annotation --blkio-weight --blkio-weight-device --cap-add --cap-drop --cgroup-parent --cgroupns "
                    + "--cidfile --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime -c --cpu-shares --cpus --cpuset-cpus "
                    + "--cpuset-mems --detach-keys --device --device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps "
                    + "--device-write-iops --dns --dns-option --dns-search --domainname -e --env --env-file --expose --gpus --group-add "
                    + "--health-cmd --health-interval --health-retries --health-start-interval --health-start-period --health-timeout -h "
                    + "--hostname --ip --ip6 --ipc --isolation --kernel-memory -l --label --label-file --link --link-local-ip --log-driver "
                    + "--log-opt --mac-address -m --memory --memory-reservation --memory-swap --memory-swappiness --mount --name --net "
                    + "--network --net-alias --network-alias --oom-score-adj --pid --pids-limit --platform -p --publish --pull --restart "
                    + "--runtime --security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit -u --user "
                    + "--userns --uts -v --volume --volume-driver --volumes-from -w --workdir -itv"
            },
            {
                "docker compose … exec service rm -rf data",
                "docker",
                "--compatibility --all-resources",
                "-f --file -p --project-name --profile --project-directory --env-file --parallel --progress"
            },
            {
                "docker compose exec … service rm -rf data",
                "docker",
                "-d -T --no-tty --privileged",
                "-e --env --index -u --user -w --workdir"
            },
            {
                "docker compose run … service rm -rf data",
                "docker",
                "--build -d --no-deps --quiet-pull --remove-orphans --rm -P --service-ports --use-aliases -T",
                "--cap-add --cap-drop -e --env --env-from-file -l --label --name -p --publish --pull -u --user -v --volume -w --workdir"
            },
            { "docker container exec … name rm -rf data", "docker", "-it", "-e -u -w" },
            { "docker container run … image rm -rf data", "docker", "-it --rm", "-v --name" },
            { "docker-compose … exec service rm -rf data", "docker-compose", "--no-ansi", "-f --project-name" },
            { "docker-compose run … service rm -rf data", "docker-compose", "--rm", "-e --name" },
            { "podman exec … container rm -rf data", "podman", "-it --privileged", "-e --user -w --env-file" },
            { "podman run … image rm -rf data", "podman", "--rm -d --init", "-v --name --userns --security-opt" },
            { "podman compose exec … service rm -rf data", "podman", "-T", "-u" },
            { "podman compose run … service rm -rf data", "podman", "--rm", "-e" },
            { "podman container exec … name rm -rf data", "podman", "-it", "-u" },
            { "podman container run … image rm -rf data", "podman", "--rm", "-v" },
            { "nerdctl exec … container rm -rf data", "nerdctl", "-it", "-w -u" },
            { "nerdctl run … image rm -rf data", "nerdctl", "--rm", "-v --net" },
            { "nerdctl compose exec … service rm -rf data", "nerdctl", "-T", "-u" },
            { "nerdctl compose run … service rm -rf data", "nerdctl", "--rm", "-v" },
            { "crictl exec … id rm -rf data", "crictl", "-t --tty", "--timeout --transport -e" },
            { "crictl … exec id rm -rf data", "crictl", "--debug", "-r --runtime-endpoint -i --image-endpoint -c --config" },
            {
                "kubectl … exec pod -- rm -rf data",
                "kubectl",
                "--insecure-skip-tls-verify",
                "-n --namespace --context --kubeconfig --cluster --user -s --server --token --as --as-group --as-uid --request-timeout "
                    + "--cache-dir --certificate-authority --client-certificate --client-key --tls-server-name --username --password -v"
            },
            { "kubectl exec … pod -- rm -rf data", "kubectl", "-i -t -it -q --stdin --tty", "-c --container --pod-running-timeout -itc" },
            { "kubectl exec pod … -- rm -rf data", "kubectl", "-i -t -it", "-c --container -n --namespace" },
            { "kubectl exec … -- rm -rf data", "kubectl", "deploy/app pod", "-f --filename" },
            { "kubectl exec … pod rm -rf data", "kubectl", "-it", "-c -n" },
            {
                "kubectl run name … -- rm -rf data",
                "kubectl",
                "-i -t --rm --command --attach --privileged",
                "--image --env --overrides --override-type --restart --port -l --labels --annotations --field-manager --grace-period "
                    + "--image-pull-policy -o --output --timeout"
            },
            {
                "kubectl debug … pod -- rm -rf data",
                "kubectl",
                "-it --share-processes --replace",
                "--image --target --copy-to --custom --profile --set-image -c --container --env"
            },
            { "oc exec … pod -- rm -rf data", "oc", "-it", "-c -n --context" },
            { "oc rsh … pod rm -rf data", "oc", "-t -T", "-c -n --shell --timeout" },
            { "lxc exec … box -- rm -rf data", "lxc", "-t -T -n", "--cwd --env --group --mode --project --user" },
            { "incus exec … box -- rm -rf data", "incus", "-t -T -n", "--cwd --env --group --mode --project --user" },
            { "pct exec 100 … -- rm -rf data", "pct", "", "--keep-env" },
            { "multipass exec … box -- rm -rf data", "multipass", "-n --no-map-working-directory", "-d --working-directory" },
            { "limactl shell … box rm -rf data", "limactl", "--debug --preserve-env", "--workdir --shell --log-level" },
            { "lima … rm -rf data", "lima", "-h", "" },
            { "colima ssh … -- rm -rf data", "colima", "-v", "-p --profile" },
            { "orb … rm -rf data", "orb", "-s", "-m --machine -u --user -w --workdir" },
            { "machinectl … shell box rm -rf data", "machinectl", "-q", "--uid -E --setenv -H --host -M --machine" },
            { "distrobox enter … box -- rm -rf data", "distrobox", "-r --root", "-a --additional-flags" },
            { "distrobox enter … -- rm -rf data", "distrobox", "box", "-n --name" },
            { "toolbox run … rm -rf data", "toolbox", "-v", "-c --container -d --distro -r --release" },
            {
                "systemd-run … rm -rf data",
                "systemd-run",
                "--user --system --scope --wait -P --pipe -t --pty -q -G --collect --no-block -r --remain-after-exit",
                "-H --host -M --machine -u --unit -p --property --description --slice -E --setenv --uid --gid --nice --working-directory "
                    + "--on-active --on-boot --on-startup --on-unit-active --on-unit-inactive "
                    + "--on-calendar --timer-property --path-property "
                    + "--socket-property --service-type --background"
            },
            { "nsenter … rm -rf data", "nsenter", "-a -m -u -i -n -p -U -C -F", "-t --target -S --setuid -G --setgid" },
            {
                "unshare … rm -rf data",
                "unshare",
                "-m -n -p -f --fork -r --map-root-user --mount-proc",
                "-S --setuid -G --setgid -R --root -w --wd --map-user --map-group --map-users --map-groups --propagation --setgroups"
            },
            {
                "parallel … rm -rf data",
                "parallel",
                "-k --keep-order -0 --bar --dry-run --eta -X -m --pipe -u",
                "-j --jobs -P --max-procs -a --arg-file -S --sshlogin --sshloginfile --slf -I -d --delimiter --delay --timeout --joblog "
                    + "--results --retries -n --max-args -N --max-replace-args -L -C --colsep --header --tmpdir --workdir --wd --load "
                    + "--memfree --nice --env --basefile --bf --return --block --recstart --recend --rpl -s --max-chars --tagstring --halt "
                    + "--limit -J --profile"
            },
            { "heroku run … rm -rf data", "heroku", "-x --exit-code --no-tty", "-a --app -s --size -e --env -r --remote --type" },
            { "railway run … rm -rf data", "railway", "", "-s --service -e --environment -p --project" },
            { "fly machine exec … id 'rm -rf data'", "fly", "", "-a --app -c --config --timeout" },
            { "flyctl machine exec … id 'rm -rf data'", "flyctl", "", "-a --app -c --config --timeout" },
            { "entr … rm -rf data", "entr", "-a -c -d -n -p -r -z", "" },
            {
                "strace … rm -rf data",
                "strace",
                "-f -ff -c -C -q -r -T -tt -v -y",
                "-a -b -e -E -I -o --output -O -p -P -s -S -u -U -X -fo"
            },
            { "ltrace … rm -rf data", "ltrace", "-b -c -C -f -i -L -r -S -t -T", "-a -A -D -e -F -l -n -o -p -s -u -w -x -X" },
            {
                "perf stat … rm -rf data",
                "perf",
                "-a -d -v -S --sync",
                "-e --event -r --repeat -o --output -p --pid -t --tid -I -C --cpu -x -G --cgroup -D --delay -M"
            },
            {
                "perf record … rm -rf data",
                "perf",
                "-a -g -v",
                "-e --event -o --output -p --pid -t --tid -C --cpu -F --freq -c --count -m --call-graph -G --cgroup"
            },
            { "valgrind … rm -rf data", "valgrind", "--leak-check=full -q", "" },
            { "gdb … --args rm -rf data", "gdb", "-q --batch", "-x -ex -p -d -c -s -e" },
            { "git … bisect run rm -rf data", "git", "--no-pager", "-C -c --git-dir --work-tree --namespace" },
            {
                "runuser … -- rm -rf data",
                "runuser",
                "-m -P --pty",
                "-u --user -g --group -G --supp-group -s --shell -w --whitelist-environment"
            },
            {
                "setpriv … rm -rf data",
                "setpriv",
                "--clear-groups --keep-groups --init-groups --nnp --reset-env",
                "--ruid --euid --rgid --egid --reuid --regid --groups --inh-caps --ambient-caps --bounding-set --securebits --pdeathsig "
                    + "--selinux-label --apparmor-profile"
            },
            { "gosu user … rm -rf data", "gosu", "", "" },
            { "su-exec user … rm -rf data", "su-exec", "", "" },
            { "pkexec … rm -rf data", "pkexec", "--disable-internal-agent --keep-cwd", "--user" },
            { "sg group … 'rm -rf data'", "sg", "-c", "" },
            { "sg group rm … -rf data", "sg", "", "" },
            { "sshpass … rm -rf data", "sshpass", "-e -v", "-p -f -d -P" },
        };

    public static TheoryData<string, string, string, string> ShellCarriers =>
        new()
        {
            {
                "ssh … host rm -rf data",
                "ssh",
                "-4 -6 -A -a -C -f -G -g -K -k -M -N -n -q -s -T -t -tt -V -v -X -x -Y -y",
                "-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -P -p -Q -R -S -W -w -tp"
            },
            { "ssh host … 'rm -rf data'", "ssh", "-t -A", "-p -i -o" },
            { "autossh … host rm -rf data", "autossh", "-f -N", "-M -L -i" },
            { "slogin … host rm -rf data", "slogin", "-t", "-p -i" },
            {
                "tsh ssh … host rm -rf data",
                "tsh",
                "-A -t",
                "-l --login -p --port --proxy --user --ttl -i --identity -J --jumphost -c --cluster -o -L -R -D --auth"
            },
            { "mosh … host -- rm -rf data", "mosh", "-a -n -4", "-p --port --ssh --predict --server --client" },
            { "pdsh … rm -rf data", "pdsh", "-N -S -a", "-w -x -l -f -R -t -u -g" },
            { "clush … rm -rf data", "clush", "-a -b -B -L -q", "-w -x -g -X -l -f -t -u -o -m" },
            { "wsl … rm -rf data", "wsl", "-e --exec -- --system", "-d --distribution -u --user --cd --shell-type" },
            { "adb … shell rm -rf data", "adb", "-d -e -a", "-s -t -H -P -L" },
            { "minikube ssh … -- rm -rf data", "minikube", "--native-ssh", "-p --profile -n --node" },
            { "podman machine ssh … box rm -rf data", "podman", "", "--username" },
            { "git … submodule foreach 'rm -rf data'", "git", "--no-pager", "-C -c --git-dir --work-tree --namespace" },
            { "git submodule foreach … 'rm -rf data'", "git", "-q --quiet --recursive", "" },
            { "tmux … new-session 'rm -rf data'", "tmux", "-2 -u -v", "-L -S -f" },
            { "tmux new-session … 'rm -rf data'", "tmux", "-A -d -D -P", "-c -e -F -f -n -s -t -x -y -ds" },
            { "tmux new … 'rm -rf data'", "tmux", "-d", "-s" },
            { "tmux new-window … 'rm -rf data'", "tmux", "-a -b -d -k -P", "-c -e -F -n -t" },
            { "tmux neww … 'rm -rf data'", "tmux", "-d", "-n" },
            { "tmux split-window … 'rm -rf data'", "tmux", "-b -d -h -v -I", "-c -e -l -p -t -F" },
            { "tmux splitw … 'rm -rf data'", "tmux", "-h", "-t" },
            { "tmux respawn-pane … 'rm -rf data'", "tmux", "-k", "-c -e -t" },
            { "tmux display-popup … 'rm -rf data'", "tmux", "-E -B", "-c -e -t -x -y" },
            { "tmux send-keys … 'rm -rf data'", "tmux", "-R -M", "-t -N" },
            { "tmux send … 'rm -rf data'", "tmux", "-R", "-t" },
            { "tmux run-shell … 'rm -rf data'", "tmux", "-b", "-t -c" },
            { "tmux run … 'rm -rf data'", "tmux", "-b", "-t" },
            { "screen … rm -rf data", "screen", "-d -m -dm -a -L", "-S -t -c -e -h -p -s -T -dmS" },
            { "screen -S box … 'rm -rf data'", "screen", "", "-X" },
            {
                "watchexec … rm -rf data",
                "watchexec",
                "-r --restart -c --clear -p --postpone -n",
                "-w --watch -W -e --exts -f --filter -i --ignore -s --signal --stop-signal "
                    + "--stop-timeout -d --debounce -o --on-busy-update "
                    + "--shell -E --env --workdir"
            },
            {
                "hyperfine … 'rm -rf data'",
                "hyperfine",
                "-i --ignore-failure -N --show-output",
                "-w --warmup -r --runs -n --command-name -m --min-runs -M --max-runs -L -D -S "
                    + "--shell -u --time-unit --style --sort --input "
                    + "--output --export-json --export-markdown --export-csv --export-asciidoc --export-orgmode"
            },
            {
                "concurrently … 'rm -rf data'",
                "concurrently",
                "-k --kill-others -r --raw",
                "-n --names -c --prefix-colors -p --prefix -s --success -m --max-processes --restart-tries --restart-after"
            },
        };

    public static TheoryData<string, string, string> CommandOptions =>
        new()
        {
            { "vagrant ssh box … ", "vagrant", "-c --command" },
            { "gcloud compute ssh box … ", "gcloud", "--command" },
            { "fly ssh console … ", "fly", "-C --command" },
            { "flyctl ssh console … ", "flyctl", "-C --command" },
            { "az vm run-command invoke -n box … ", "az", "--scripts" },
            { "aws ssm send-command … ", "aws", "--parameters" },
            { "ansible all -m shell … ", "ansible", "-a --args" },
            { "nodemon … ", "nodemon", "-x --exec" },
            { "nix-shell -p hello … ", "nix-shell", "--run --command" },
            { "wt … ", "wt", "-c" },
        };

    [Theory]
    [MemberData(nameof(Carriers))]
    [MemberData(nameof(ShellCarriers))]
    public void What_a_program_carries_is_read_whatever_options_stand_before_it(string form, string carrier, string flags, string values)
    {
        foreach (var option in WrapperOptionTests.Options(flags, values))
            AssertCarried(carrier, form.Replace("…", option, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CommandOptions))]
    public void What_an_option_gives_to_a_shell_is_read(string form, string carrier, string options)
    {
        foreach (var option in options.Split(' '))
        {
            AssertCarried(carrier, form.Replace("…", $"{option} '{Command}'", StringComparison.Ordinal));
            if (option.StartsWith("--", StringComparison.Ordinal))
                AssertCarried(carrier, form.Replace("…", $"{option}='{Command}'", StringComparison.Ordinal));
            Assert.Single(ShellReader.Read(form.Replace("…", option, StringComparison.Ordinal), ShellDialect.Posix).Segments);
        }
    }

    [Theory]
    [InlineData("aws ssm send-command --parameters 'commands=[\"rm a\",\"ls b\"]'", "aws|rm a|ls b")]
    [InlineData("aws ssm send-command --parameters '{\"commands\":[\"rm a\",\"ls b\"]}'", "aws|rm a|ls b")]
    [InlineData("aws ssm send-command --parameters commands=rm", "aws|rm")]
    [InlineData("hyperfine 'ls a' 'rm b'", "hyperfine|ls a|rm b")]
    [InlineData("concurrently 'ls a' 'rm b'", "concurrently|ls a|rm b")]
    [InlineData("parallel 'rm {}' ::: a b", "parallel|rm {} ::: a b")]
    [InlineData("runuser -l ada -c 'rm a'", "runuser|rm a")]
    [InlineData("su ada --command 'rm a'", "su|rm a")]
    [InlineData("script -c 'rm a' log", "script|rm a log")]
    [InlineData("flock lock -c 'rm a'", "flock|rm a")]
    [InlineData("docker run --entrypoint sh image -c 'rm a'", "docker|sh -c rm a|rm a")]
    [InlineData("docker run --entrypoint=rm image -rf a", "docker|rm -rf a")]
    [InlineData("docker run image --version", "docker")]
    [InlineData("docker run image", "docker")]
    [InlineData("docker compose up service rm", "docker")]
    [InlineData("kubectl exec", "kubectl")]
    [InlineData("ssh host", "ssh")]
    [InlineData("mytool run -- rm a", "mytool|rm a")]
    public void Each_command_that_is_carried_stands_behind_what_carries_it(string text, string segments) =>
        Assert.Equal(
            segments,
            string.Join(
                '|',
                ShellReader
                    .Read(text, ShellDialect.Posix)
                    .Segments.Select(
                        (segment, index) =>
                            string.Join(
                                ' ',
                                index == 0 ? [segment.Program] : segment.Arguments.Select(word => word.Value).Prepend(segment.Program)
                            )
                    )
            )
        );

    private static void AssertCarried(string carrier, string text)
    {
        var segments = ShellReader.Read(text, ShellDialect.Posix).Segments;
        var read = segments.Select(segment =>
            segment.Depth == 0 ? segment.Program! : $"{segment.Program} {string.Join(' ', segment.Arguments)}"
        );

        Assert.Equal($"{text} => {carrier}, {Command}", $"{text} => {string.Join(", ", read)}");
    }
}
