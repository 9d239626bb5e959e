namespace DeviceHarness.Abstractions.Execution;

/// <summary>A piece of evidence was made.</summary>
/// <param name="Name">What it is, such as <c>evidence.json</c>.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Content">The octets; at most <see cref="MaximumOctets"/>.</param>
public sealed record EvidenceRecorded(string Name, string MediaType, ReadOnlyMemory<byte> Content) : AttemptEvent
{
    /// <summary>The largest piece of evidence in octets: it fits a gRPC message of 4 MiB with room to spare.</summary>
    public const int MaximumOctets = 2 * 1024 * 1024;
}
