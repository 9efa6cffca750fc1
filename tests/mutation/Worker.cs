using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace PatternAnalysis.Mutation;

/// <summary>
/// The process in which tests run. It reads requests from standard input, a line each, and answers each with a line. Whoever asks ends it
/// when a change makes a test endless.
/// </summary>
internal static class Worker
{
    /// <param name="tests">The path of the assembly of tests.</param>
    /// <param name="changed">The name of the assembly, beside it, that can be changed.</param>
    /// <param name="active">The change that acts from the start, or nothing, when it is only watched what tests come to.</param>
    public static void Run(string tests, string changed, int? active)
    {
        var answers = Console.Out;
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);

        var folder = Path.GetDirectoryName(tests)!;
        AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", folder + Path.DirectorySeparatorChar);
        var dependencies = new AssemblyDependencyResolver(tests);
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            dependencies.ResolveAssemblyToPath(name) is { } path ? context.LoadFromAssemblyPath(path) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            dependencies.ResolveUnmanagedDllToPath(name) is { } path ? NativeLibrary.Load(path) : 0;

        var control = new Switch(AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(folder, $"{changed}.dll")));
        control.Active = active;
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(tests);
        var cases = TestCase.In(assembly).ToArray();
        var byName = cases.ToDictionary(test => test.Name);
        answers.WriteLine(string.Join('\t', cases.Select(test => test.Name)));

        while (Console.In.ReadLine() is { } line)
        {
            var words = line.Split('\t');
            answers.WriteLine(
                words[0] switch
                {
                    "time" => Time(byName[words[1]]),
                    "watch" => Watch(control, byName[words[1]]),
                    var change => Ask(control, int.Parse(change, CultureInfo.InvariantCulture), words.Skip(1), byName, active != null),
                }
            );
        }
    }

    private static string Watch(Switch control, TestCase test)
    {
        control.IsWatching = true;
        var passes = test.Passes();
        var changes = control.Take();
        control.IsWatching = false;
        return string.Join('\t', passes ? "passes" : "fails", string.Join(',', changes));
    }

    // Watching takes several times as long as running.
    private static string Time(TestCase test)
    {
        var before = Environment.CpuUsage.TotalTime;
        var passes = test.Passes();
        var milliseconds = Math.Ceiling((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{(passes ? "passes" : "fails")}\t{milliseconds}");
    }

    /// <summary>
    /// The name of the first test that fails, or a dash. What a change left behind in this process may make tests fail afterwards, so it is
    /// said when the test fails without the change as well.
    /// </summary>
    private static string Ask(Switch control, int change, IEnumerable<string> names, Dictionary<string, TestCase> byName, bool acts)
    {
        foreach (var name in names)
        {
            // A change may take a row of data away.
            if (!byName.TryGetValue(name, out var test))
                return name;

            control.Active = change;
            var passes = test.Passes();
            control.Active = acts ? change : null;
            if (!passes)
                return acts || test.Passes() ? name : $"{name}\tspoilt";
        }

        return "-";
    }
}
