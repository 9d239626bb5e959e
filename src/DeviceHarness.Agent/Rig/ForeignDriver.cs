namespace DeviceHarness.Agent.Rig;

/// <summary>A driver, or kinds of steps, that are not the harness's own.</summary>
/// <param name="AssemblyPath">The assembly's file, as an absolute path.</param>
/// <param name="TypeName">The full name of the class in it that makes the driver, or of the one kind that is meant; empty when it has one
/// driver only, and for all kinds.</param>
public sealed record ForeignDriver(string AssemblyPath, string TypeName);
