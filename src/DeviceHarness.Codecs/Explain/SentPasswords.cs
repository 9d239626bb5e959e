namespace DeviceHarness.Codecs.Explain;

/// <summary>The passwords in octets that one end of a line sent.</summary>
/// <param name="Offsets">The offsets of all their octets, ascending.</param>
/// <param name="Values">The passwords, each once; one that the octets end in is as long as they last.</param>
public sealed record SentPasswords(IReadOnlyList<int> Offsets, IReadOnlyList<ReadOnlyMemory<byte>> Values);
