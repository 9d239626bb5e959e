using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>Who may join the network, and when.</summary>
/// <remarks>Source: this harness's ZigBee guide 4.7. A device that joins anew and is not on the list of an open window is told to
/// leave.</remarks>
internal sealed class HanJoining(IZigBeeAdapter adapter, HanRadioDomain domain, TimeProvider timeProvider, Action<HanEvent> tell)
{
    private const int MostSeconds = 254;

    private readonly Lock _gate = new();
    private HanJoinWindow? _window;

    /// <summary>Opens the network for the devices of a list.</summary>
    internal async Task<HanJoinWindow> OpenAsync(
        IReadOnlyList<HanCandidate> candidates, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(candidates.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, TimeSpan.FromSeconds(MostSeconds));
        if (adapter.Network is not { Role: ZigBeeRole.Coordinator })
        {
            throw HanFaults.NotTrustCentre(adapter.Port);
        }

        if (!domain.TryEnter(this, adapter.Port))
        {
            throw HanFaults.WindowOpen(adapter.Port, domain.Holder);
        }

        HanJoinWindow? window = null;
        try
        {
            // An adapter has room for few of them, and those of an earlier window let nobody in.
            await adapter.ClearJoiningKeysAsync(cancellationToken).ConfigureAwait(false);
            foreach (HanCandidate candidate in candidates)
            {
                CipherKey key = candidate.Code.LinkKey();
                await adapter.ImportJoiningKeyAsync(candidate.Eui64, key, cancellationToken).ConfigureAwait(false);
            }

            // Before the adapter opens: a device may join at once.
            window = new(candidates, duration, timeProvider, Over, CloseAsync);
            lock (_gate)
            {
                _window = window;
            }

            await adapter.PermitJoiningAsync(duration, cancellationToken).ConfigureAwait(false);
            return window;
        }
        catch
        {
            End(window);
            throw;
        }
    }

    /// <summary>A device joined. True when it may stay.</summary>
    internal bool Admits(ZigBeeDeviceJoined joined)
    {
        lock (_gate)
        {
            return joined.IsRejoin || joined.IsSecured || _window?.Allows(joined.Eui64) == true;
        }
    }

    /// <summary>A device that may stay is in the directory.</summary>
    internal void Joined(HanNode node)
    {
        HanJoinWindow? window;
        lock (_gate)
        {
            window = _window;
        }

        window?.Joined(node);
    }

    /// <summary>The network is closed, or gone: nobody joins any more.</summary>
    internal void End() => End(_window);

    private async Task CloseAsync(HanJoinWindow window, CancellationToken cancellationToken)
    {
        if (!End(window))
        {
            return;
        }

        try
        {
            await adapter.PermitJoiningAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }
        catch (HarnessException failed)
        {
            tell(new HanFault(failed, timeProvider.GetUtcNow()));
            throw;
        }
    }

    private void Over(HanJoinWindow window) => End(window);

    private bool End(HanJoinWindow? window)
    {
        lock (_gate)
        {
            if (window is not null && !ReferenceEquals(_window, window))
            {
                return false;
            }

            _window = null;
        }

        domain.Leave(this);
        if (window is null)
        {
            return false;
        }

        window.End();
        tell(new HanJoiningClosed(timeProvider.GetUtcNow()));
        return true;
    }
}
