using System.Reflection;
using System.Runtime.Loader;

namespace DeviceHarness.Agent.Bench;

/// <summary>Where a driver's assembly lives, apart from the harness and from other drivers: it sees its own copies of what it brings along,
/// and the harness's contract.</summary>
internal sealed class DriverAssembly : AssemblyLoadContext
{
    /// <summary>The contract: both sides must mean the same types.</summary>
    private static readonly string[] Shared = ["DeviceHarness.Abstractions", "DeviceHarness.Codecs", "DeviceHarness.Duis"];

    private readonly AssemblyDependencyResolver _resolver;

    /// <summary>Creates the context; nothing is loaded yet.</summary>
    /// <param name="path">The assembly's file, as an absolute path.</param>
    /// <exception cref="InvalidOperationException">The file's dependencies cannot be read.</exception>
    public DriverAssembly(string path)
        : base($"driver {Path.GetFileNameWithoutExtension(path)}")
    {
        _resolver = new AssemblyDependencyResolver(path);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // Null leaves it to the harness's own context, which also has the platform.
        bool isShared = assemblyName.Name is string name && Shared.Contains(name);
        return !isShared && _resolver.ResolveAssemblyToPath(assemblyName) is string path ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is string path ? LoadUnmanagedDllFromPath(path) : nint.Zero;
}
