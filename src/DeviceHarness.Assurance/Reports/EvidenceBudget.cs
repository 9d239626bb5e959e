using System.Security.Cryptography;
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
        if (content is not { } octets)
        {
            return (null, "not to be had: the store does not hold it");
        }

        if (Convert.ToHexStringLower(SHA256.HashData(octets.Span)) != reference.Sha256)
        {
            return (null, "not shown: what the store holds does not have this hash");
        }

        _left -= octets.Length;
        return (octets, string.Empty);
    }
}
