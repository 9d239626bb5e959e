namespace DeviceHarness.Store;

/// <summary>The content of a piece of evidence.</summary>
/// <param name="Sha256">SHA-256 of the content, lower-case hexadecimal.</param>
/// <param name="MediaType">Its media type, as it was first recorded.</param>
/// <param name="Content">The octets.</param>
public sealed record EvidenceBlob(string Sha256, string MediaType, ReadOnlyMemory<byte> Content);
