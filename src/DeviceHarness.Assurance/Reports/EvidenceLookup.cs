namespace DeviceHarness.Assurance.Reports;

/// <summary>Fetches a piece of evidence by the SHA-256 of its content, lower-case hexadecimal.</summary>
/// <returns>Null when it is not to be had; the report then says so.</returns>
public delegate Task<ReadOnlyMemory<byte>?> EvidenceLookup(string sha256, CancellationToken cancellationToken);
