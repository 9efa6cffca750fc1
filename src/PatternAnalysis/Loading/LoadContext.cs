using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace PatternAnalysis.Loading;

/// <summary>
/// Where the cmdlets and the libraries that they need are loaded, so that another module may bring its own versions of those libraries.
/// This assembly alone is shared with the rest of the process: a script sees the very types that the cmdlets emit.
/// </summary>
public sealed class LoadContext : AssemblyLoadContext
{
    private const string ModuleAssembly = "PatternAnalysis.Module";

    private static readonly Lazy<LoadContext> s_instance = new(() => new LoadContext());

    private readonly string _directory;
    private readonly string _modulePath;
    private readonly Lazy<AssemblyDependencyResolver?> _resolver;
    private readonly ConcurrentDictionary<string, nint> _nativeLibraries = new(StringComparer.Ordinal);

    private LoadContext()
        : base(ModuleAssembly, isCollectible: false)
    {
        _directory = Path.GetDirectoryName(typeof(LoadContext).Assembly.Location)!;
        _modulePath = Path.Combine(_directory, ModuleAssembly + ".dll");
        _resolver = new(CreateResolver);

        // The event, not an override of LoadUnmanagedDll: it is asked last, after what the process has already loaded. A second native
        // SQLite in one process would drop the file locks of the first whenever it closes the same file (POSIX locks belong to the
        // process).
        ResolvingUnmanagedDll += (_, name) => ResolveNative(name);
    }

    /// <summary>Loads the cmdlets, once in a process.</summary>
    /// <returns>The assembly that holds them.</returns>
    public static Assembly LoadModule() => s_instance.Value.LoadFromAssemblyPath(s_instance.Value._modulePath);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        var shared = typeof(LoadContext).Assembly;
        if (string.Equals(assemblyName.Name, shared.GetName().Name, StringComparison.OrdinalIgnoreCase))
            return shared;

        // What does not lie beside the module belongs to the runtime or to PowerShell.
        var path = Path.Combine(_directory, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    // The runtime asks for every entry point anew: a handle is found once.
    private nint ResolveNative(string name)
    {
        if (_nativeLibraries.TryGetValue(name, out var known))
            return known;

        var handle = LoadNative(name);
        return handle == 0 ? 0 : _nativeLibraries.GetOrAdd(name, handle);
    }

    private nint LoadNative(string name)
    {
        if (_resolver.Value?.ResolveUnmanagedDllToPath(name) is { } resolved && NativeLibrary.TryLoad(resolved, out var handle))
            return handle;

        foreach (var path in NativeLayout.Candidates(_directory, name))
        {
            if (NativeLibrary.TryLoad(path, out handle))
                return handle;
        }

        return 0;
    }

    // Reads PatternAnalysis.Module.deps.json. A host without the usual .NET host (an embedded one) has no such resolver.
    private AssemblyDependencyResolver? CreateResolver()
    {
        try
        {
            return new AssemblyDependencyResolver(_modulePath);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
