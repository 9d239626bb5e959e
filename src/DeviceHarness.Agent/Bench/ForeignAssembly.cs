using System.Reflection;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Bench;

/// <summary>Finds and makes what assemblies have that rig files name, each assembly in a context of its own.</summary>
internal static class ForeignAssembly
{
    /// <summary>The code of an assembly that cannot be loaded, or has not what it was named for.</summary>
    public const string Code = "RIG-009";

    /// <summary>The public classes of an assembly that are of a type and can be made without anything.</summary>
    /// <exception cref="ConfigurationException">RIG-009: the assembly cannot be loaded.</exception>
    public static IReadOnlyList<Type> ClassesOf<T>(ForeignDriver assembly, string key) =>
    [
        .. TypesOf(assembly, key).Where(type => type is { IsClass: true, IsAbstract: false } && typeof(T).IsAssignableFrom(type)
            && type.GetConstructor(Type.EmptyTypes) is not null),
    ];

    /// <summary>Makes one.</summary>
    /// <exception cref="ConfigurationException">RIG-009: its constructor fails.</exception>
    public static T Make<T>(ForeignDriver assembly, Type type, string key)
    {
        try
        {
            return (T)Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException exception)
        {
            throw Wrong(
                assembly, key, $"a constructor that fails: {exception.InnerException?.Message}", "a constructor that does not");
        }
    }

    /// <summary>An error about an assembly.</summary>
    public static ConfigurationException Wrong(ForeignDriver assembly, string key, string found, string allowed) =>
        new(Code, assembly.AssemblyPath, 0, 0, key, found, allowed);

    private static Type[] TypesOf(ForeignDriver assembly, string key)
    {
        try
        {
            return new DriverAssembly(assembly.AssemblyPath).LoadFromAssemblyPath(assembly.AssemblyPath).GetExportedTypes();
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or InvalidOperationException
            or TypeLoadException or ReflectionTypeLoadException)
        {
            throw Wrong(assembly, key, exception.Message, "an assembly for this platform with all that it needs beside it");
        }
    }
}
