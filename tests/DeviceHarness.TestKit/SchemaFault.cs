namespace DeviceHarness.TestKit;

/// <summary>What a loader says is wrong with a file.</summary>
/// <param name="Code">The code of the fault.</param>
/// <param name="Key">The key's path.</param>
/// <param name="Allowed">What is allowed there, words parted by commas.</param>
public sealed record SchemaFault(string Code, string Key, string Allowed);
