using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Switches one feed off, looks at all inputs, lets the contact go as when the agent dies, looks again, and leaves the feed
/// on.</summary>
/// <param name="feed">The feed.</param>
/// <param name="inputs">All inputs of the rig.</param>
/// <param name="make">Makes what switches and sees.</param>
/// <param name="time">The clock.</param>
internal sealed class FeedTrial(RigFeed feed, IReadOnlyList<RigInput> inputs, Func<ITrialSupply> make, TimeProvider time)
{
    private const string Seen = "wire an input to the mains terminal of one of its devices, and name it under 'power.sense'";
    private const string Rewire = "follow the wire from the relay to the terminal that is named; then correct it, or the rig file";

    // A contact moves in some ten milliseconds; a supply with capacitors behind it takes longer to be gone.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly SupplyPoint[] _mains =
        [.. inputs.Select(input => input.Point).Where(point => point.Terminal == SupplyTerminal.Mains)];

    private DeviceId First => feed.Own[0];

    private bool IsOf(SupplyPoint point) => feed.Feed.Devices.Contains(point.Device);

    /// <summary>Tries it; the feed is on after it, unless the finding says otherwise.</summary>
    /// <param name="cancellationToken">Ends the trial; the feed is switched on first.</param>
    /// <returns>What was found of its wiring.</returns>
    public async Task<(DoctorState State, string Found, string Advice)> RunAsync(CancellationToken cancellationToken)
    {
        if (!_mains.Any(IsOf))
        {
            return (DoctorState.Note, "not proven: no input sees any device that it feeds", Seen);
        }

        bool isMoved = false;
        (DoctorState State, string Found, string Advice) verdict;
        try
        {
            verdict = await TryAsync(() => isMoved = true, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException fault)
        {
            verdict = (DoctorState.Wrong, $"{fault.Code}: {fault.Message}", "read what was found: it names what does not answer");
        }
        catch (OperationCanceledException) when (isMoved)
        {
            _ = await RestoreAsync().ConfigureAwait(false);
            throw;
        }

        return isMoved && await RestoreAsync().ConfigureAwait(false) is { } dark ? dark : verdict;
    }

    private async Task<(DoctorState State, string Found, string Advice)> TryAsync(Action moved, CancellationToken cancellationToken)
    {
        HashSet<SupplyPoint> before;
        HashSet<SupplyPoint> off;
        ITrialSupply supply = make();
        await using (supply.ConfigureAwait(false))
        {
            if (await supply.IsHeldAsync(cancellationToken).ConfigureAwait(false))
            {
                return (
                    DoctorState.Note, "not proven: the bench is held off by its emergency stop", "'harness power acknowledge' there first");
            }

            before = await PresentAsync(supply.Senses, cancellationToken).ConfigureAwait(false);
            if (_mains.FirstOrDefault(point => IsOf(point) && !before.Contains(point)) is { } missing)
            {
                return (DoctorState.Wrong, $"{missing} has no supply before anything was switched", Rewire);
            }

            moved();
            await supply.Port.SwitchAsync(First, isOn: false, cancellationToken).ConfigureAwait(false);
            off = await SettleAsync(supply.Senses, wantsPresent: false, cancellationToken).ConfigureAwait(false);
            await supply.DieAsync().ConfigureAwait(false);
        }

        if (_mains.FirstOrDefault(point => IsOf(point) && off.Contains(point)) is { } still)
        {
            return (
                DoctorState.Wrong, $"{still} keeps its supply while the feed is off: another feed has it, or the contact is stuck", Rewire);
        }

        if (before.FirstOrDefault(point => !IsOf(point) && !off.Contains(point)) is { } foreign)
        {
            return (DoctorState.Wrong, $"{foreign} loses its supply with this feed, and the rig file says nothing of that", Rewire);
        }

        return await DeadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the inputs see after whoever drove the contact is gone.</summary>
    private async Task<(DoctorState State, string Found, string Advice)> DeadAsync(CancellationToken cancellationToken)
    {
        ITrialSupply looking = make();
        HashSet<SupplyPoint> dead;
        await using (looking.ConfigureAwait(false))
        {
            dead = await SettleAsync(looking.Senses, wantsPresent: true, cancellationToken).ConfigureAwait(false);
            await looking.DieAsync().ConfigureAwait(false);
        }

        bool isClaimed = feed.Switch is VirtualSwitch or CoilSwitch { IsNormallyClosed: true };
        string proven = $"switches {string.Join(", ", feed.Feed.Devices)} and nothing else that an input sees";
        return (_mains.Where(IsOf).All(dead.Contains), isClaimed) switch
        {
            (true, _) => (DoctorState.Good, $"{proven}; they have their supply when the agent dies", string.Empty),
            (false, true) => (
                DoctorState.Wrong, $"{proven}; they stay dark when the agent dies, and the rig file says 'normally-closed'",
                "use the normally-closed contact of the relay, and a relay whose coil falls when nobody drives it"),
            _ => (
                DoctorState.Note, $"{proven}; they stay dark when the agent dies",
                "use the normally-closed contact of a relay, and say 'contact: normally-closed'"),
        };
    }

    /// <summary>Leaves the feed on, whatever became of the trial; null when it is.</summary>
    private async Task<(DoctorState State, string Found, string Advice)?> RestoreAsync()
    {
        const string Help = "switch it on by hand, at the relay itself, before anybody relies on this bench";
        try
        {
            ITrialSupply supply = make();
            await using ConfiguredAsyncDisposable closing = supply.ConfigureAwait(false);
            await supply.Port.SwitchAsync(First, isOn: true, CancellationToken.None).ConfigureAwait(false);
            HashSet<SupplyPoint> on = await SettleAsync(supply.Senses, wantsPresent: true, CancellationToken.None).ConfigureAwait(false);
            return _mains.FirstOrDefault(point => IsOf(point) && !on.Contains(point)) is { } dark
                ? (DoctorState.Wrong, $"{dark} has no supply after the feed was switched on again", Help)
                : null;
        }
        catch (TransportException fault)
        {
            return (DoctorState.Wrong, $"the feed was off and could not be switched on again: {fault.Code}: {fault.Message}", Help);
        }
    }

    private async Task<HashSet<SupplyPoint>> PresentAsync(ISupplySense senses, CancellationToken cancellationToken)
    {
        HashSet<SupplyPoint> present = [];
        foreach (SupplyPoint point in _mains)
        {
            if ((await senses.ReadAsync(point, cancellationToken).ConfigureAwait(false)).IsPresent)
            {
                present.Add(point);
            }
        }

        return present;
    }

    /// <summary>What has its supply once the feed's own points are as they are to be, or the time for that is over.</summary>
    private async Task<HashSet<SupplyPoint>> SettleAsync(ISupplySense senses, bool wantsPresent, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        while (true)
        {
            HashSet<SupplyPoint> present = await PresentAsync(senses, cancellationToken).ConfigureAwait(false);
            bool isSettled = _mains.Where(IsOf).All(point => present.Contains(point) == wantsPresent);
            if (isSettled || time.GetElapsedTime(began) >= Settling)
            {
                return present;
            }

            await Task.Delay(Look, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
