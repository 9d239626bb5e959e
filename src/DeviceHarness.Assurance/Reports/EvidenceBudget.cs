using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Reports;

/// <summary>Fetches evidence until the file is full.</summary>
internal sealed class EvidenceBudget(EvidenceLookup lookup, long octets)
{
    private long _left = octets;

    /// <summary>Fetches a piece.</summary>
    /// <returns>The content, or null and why there is none.</returns>
    public async Task<(ReadOnlyMemory<byte>? Content, string Missing)> TakeAsync(
        EvidenceReference reference, CancellationToken cancellationToken)
    {
        if (reference.Octets > _left)
        {
            return (null, "left out, because the report is full; ask the orchestrator for it by its hash");
        }

        ReadOnlyMemory<byte>? content = await lookup(reference.Sha256, cancellationToken).ConfigureAwait(false);
        _left -= content?.Length ?? 0;
        return (content, content is null ? "not to be had: the store does not hold it" : string.Empty);
    }
}
