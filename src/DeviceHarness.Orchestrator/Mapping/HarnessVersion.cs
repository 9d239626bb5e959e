using System.Reflection;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>The version of this harness, as it is frozen with every cycle.</summary>
internal static class HarnessVersion
{
    /// <summary>The version that the build stamped.</summary>
    public static string Text { get; } =
        typeof(HarnessVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
