using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Power;

/// <summary>A contact in the place of a hand, and the line that sees it. One caller at a time.</summary>
/// <remarks>That its coil was driven is no proof that the contact moved: where a line looks at it, only a change of that line, stamped
/// after the coil was driven, is.</remarks>
/// <param name="coil">What drives it.</param>
/// <param name="sight">What sees it; null when nothing does.</param>
/// <param name="what">What it moves, for messages.</param>
/// <param name="time">Real time: what measures waits.</param>
internal sealed class WatchedCoil(IRelayBoard coil, IContactSight? sight, string what, TimeProvider time) : IDisposable
{
    /// <summary>How long a contact may take to follow its coil, its bouncing with it.</summary>
    public static readonly TimeSpan MoveTime = TimeSpan.FromSeconds(2);

    private const int Channel = 1;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether its line was ever driven by this process.</summary>
    public bool WasDriven { get; private set; }

    /// <summary>Closes the contact: the cover is off, or the button pressed.</summary>
    /// <param name="cancellationToken">Ends the wait; where it stands is not known then.</param>
    /// <exception cref="Abstractions.Errors.TransportException">POWER-009: it was closed before anybody drove it, and was not driven.
    /// POWER-008: it did not follow. Else its line is missing or broken.</exception>
    public async Task<ContactMove> CloseAsync(CancellationToken cancellationToken)
    {
        ContactSighting? before = LookWhileOpen();
        return await DriveAsync(before, isActive: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the contact for a time; it is let go however this ends.</summary>
    /// <param name="hold">For how long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What it did, in order.</returns>
    /// <exception cref="Abstractions.Errors.TransportException">As when it is closed, or let go.</exception>
    public async Task<IReadOnlyList<ContactMove>> PressAsync(TimeSpan hold, CancellationToken cancellationToken)
    {
        ContactSighting? before = LookWhileOpen();
        ContactMove pressed;
        ContactMove released;
        try
        {
            pressed = await DriveAsync(before, isActive: true, cancellationToken).ConfigureAwait(false);
            await Task.Delay(hold, time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            released = await LetGoAsync().ConfigureAwait(false);
        }

        return [pressed, released];
    }

    /// <summary>Lets go of the contact, wherever it stands. Nothing cancels that.</summary>
    /// <exception cref="Abstractions.Errors.TransportException">POWER-008: it did not follow. Else its line is missing or
    /// broken.</exception>
    public async Task<ContactMove> LetGoAsync()
    {
        ContactSighting? before;
        try
        {
            before = sight?.Look();
        }
        catch (Abstractions.Errors.TransportException)
        {
            // That nobody sees it is no reason to go on holding it.
            await coil.SetAsync(Channel, isEnergised: false, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        return await DriveAsync(before, isActive: false, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Gives the lines back.</summary>
    public void Dispose()
    {
        (coil as IDisposable)?.Dispose();
        (sight as IDisposable)?.Dispose();
    }

    private ContactSighting? LookWhileOpen() =>
        sight?.Look() is { } seen ? seen.IsActive ? throw PowerFaults.StuckClosed(what) : seen : null;

    private async Task<ContactMove> DriveAsync(ContactSighting? before, bool isActive, CancellationToken cancellationToken)
    {
        WasDriven = true;
        await coil.SetAsync(Channel, isActive, cancellationToken).ConfigureAwait(false);
        ContactEdge? seen = before is null
            ? null
            : await FollowAsync(before, isActive, cancellationToken).ConfigureAwait(false);
        return new ContactMove(what, GpioLineReader.Gpio, isActive, seen);
    }

    private async Task<ContactEdge?> FollowAsync(ContactSighting before, bool isActive, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            ContactSighting now = sight!.Look();
            GpioEdge[] since = [.. now.Edges.Where(edge => edge.Sequence > before.LastSequence || now.Source != before.Source)];

            // Where it stands is where its last stamped change left it: the level alone may be one of a contact that bounces.
            bool stands = now.IsActive == isActive
                && (since.Length > 0 ? since[^1].IsActive == isActive : before.IsActive == isActive);
            if (stands)
            {
                return since.Where(edge => edge.IsActive == isActive)
                    .Select(edge => new ContactEdge(edge.Sequence, edge.Timestamp)).FirstOrDefault();
            }

            TimeSpan left = MoveTime - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                throw PowerFaults.NotMoved(what, isActive);
            }

            TimeSpan wait = left < LookInterval ? left : LookInterval;
            await sight.WaitAsync(now.LastSequence, wait, cancellationToken).ConfigureAwait(false);
        }
    }
}
