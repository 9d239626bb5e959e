namespace DeviceHarness.Agent.Rig;

/// <summary>A driver that is not the harness's own.</summary>
/// <param name="AssemblyPath">The assembly's file, as an absolute path.</param>
/// <param name="TypeName">The full name of the class in it that makes the driver; empty when it has one only.</param>
public sealed record ForeignDriver(string AssemblyPath, string TypeName);
