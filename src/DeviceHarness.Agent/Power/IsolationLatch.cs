using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Agent.Power;

/// <summary>Remembers that the bench was isolated until a person acknowledges it at the bench, over restarts of the agent. Safe for use
/// from any thread.</summary>
/// <param name="input">Where it is seen.</param>
/// <param name="ledger">Where it is kept.</param>
/// <param name="rig">The rig's name, for messages.</param>
internal sealed class IsolationLatch(IIsolationInput input, SwitchLedger ledger, string rig)
{
    /// <summary>How often an isolation was noticed, acknowledged since or not.</summary>
    public int Noticed { get; private set; }

    /// <summary>Looks, and throws while nothing may be switched on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TransportException">POWER-004: the bench is isolated, or was and nobody acknowledged it. A line that cannot be
    /// read is a fault too: who does not know does not switch on.</exception>
    public async Task RequireFreeAsync(CancellationToken cancellationToken)
    {
        if (await IsHeldAsync(cancellationToken).ConfigureAwait(false))
        {
            throw PowerFaults.Isolated(rig);
        }
    }

    /// <summary>Looks whether nothing may be switched on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TransportException">The line cannot be read, or the ledger not be kept.</exception>
    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        if (await input.WasIsolatedAsync(cancellationToken).ConfigureAwait(false))
        {
            Noticed++;

            // What was asked before the stop was pulled again is no answer to it, however short that was.
            ledger.DropAcknowledgement();
            ledger.NoteIsolation();
        }

        if (!ledger.IsIsolated)
        {
            return false;
        }

        if (await input.IsIsolatedAsync(cancellationToken).ConfigureAwait(false))
        {
            ledger.DropAcknowledgement();
            return true;
        }

        if (!ledger.IsAcknowledgementAsked && !await input.WasAcknowledgedAsync(cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        ledger.Acknowledge();
        return false;
    }
}
