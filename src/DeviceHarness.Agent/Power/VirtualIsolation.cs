using System.Globalization;
using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Agent.Power;

/// <summary>The emergency stop of a virtual bench and its button.</summary>
/// <param name="bench">The bench.</param>
internal sealed class VirtualIsolation(BenchControlClient bench) : IIsolationInput
{
    private const string Line = "isolation";

    // Null before the first look: what was before this agent is in its ledger, if an agent saw it.
    private int? _seen;

    /// <inheritdoc/>
    public async Task<bool> WasIsolatedAsync(CancellationToken cancellationToken)
    {
        (bool isIsolated, int isolations, _) = await LookAsync(cancellationToken).ConfigureAwait(false);
        bool isNew = _seen is { } seen && seen != isolations;
        _seen = isolations;
        return isIsolated || isNew;
    }

    /// <inheritdoc/>
    public async Task<bool> IsIsolatedAsync(CancellationToken cancellationToken) =>
        (await LookAsync(cancellationToken).ConfigureAwait(false)).IsIsolated;

    /// <inheritdoc/>
    public async Task<bool> WasAcknowledgedAsync(CancellationToken cancellationToken)
    {
        (bool isIsolated, _, int presses) = await LookAsync(cancellationToken).ConfigureAwait(false);
        return !isIsolated && presses > 0;
    }

    private async Task<(bool IsIsolated, int Isolations, int Presses)> LookAsync(CancellationToken cancellationToken)
    {
        string answer = await bench.AskAsync(Line, cancellationToken).ConfigureAwait(false);
        return answer.Split(' ') is [string state, string isolations, string presses]
            && int.TryParse(isolations, CultureInfo.InvariantCulture, out int count)
            && int.TryParse(presses, CultureInfo.InvariantCulture, out int pressed)
            ? (state == "isolated", count, pressed)
            : throw new TransportException("BENCH-003", $"'{Line}' was asked of the virtual bench: the answer is '{answer}'", Line);
    }
}
