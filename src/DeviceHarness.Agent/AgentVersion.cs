using System.Reflection;

namespace DeviceHarness.Agent;

/// <summary>The version of this build.</summary>
internal static class AgentVersion
{
    /// <summary>The version as evidence and the orchestrator show it.</summary>
    public static string Text { get; } =
        typeof(AgentVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unversioned";
}
