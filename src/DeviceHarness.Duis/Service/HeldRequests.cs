using System.Collections.Concurrent;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Messages;

namespace DeviceHarness.Duis.Service;

/// <summary>The requests that the Data Service Provider holds for a later time. Pure: time comes in as a parameter. Safe for use from any
/// thread.</summary>
internal sealed class HeldRequests
{
    /// <summary>How many are held at once.</summary>
    public const int MaximumHeld = 1_024;

    private const string DspDated = "Future Dated (DSP";

    private readonly ConcurrentDictionary<RequestId, HeldRequest> _held = new();

    /// <summary>When the first of them is due; null when none is held.</summary>
    public DateTimeOffset? NextDue => _held.Values.Select(held => (DateTimeOffset?)held.DueAt).Min();

    /// <summary>The time for which a request is to be held; null when it is to be sent at once, or its device holds it.</summary>
    public static DateTimeOffset? DueOf(SrvRequestBody body, SrvEntry entry, DateTimeOffset now) =>
        body is IFutureDatable { ExecutionDateTime: { } time } and not IDeviceDated && time > now
            && entry.Modes.Any(mode => mode.StartsWith(DspDated, StringComparison.Ordinal))
            ? time
            : null;

    /// <summary>Holds a request.</summary>
    /// <exception cref="InvalidOperationException"><see cref="MaximumHeld"/> are held already.</exception>
    public void Hold(HeldRequest request)
    {
        if (_held.Count >= MaximumHeld)
        {
            throw new InvalidOperationException($"{MaximumHeld} requests are held for a later time already");
        }

        _held[request.Request.Id] = request;
    }

    /// <summary>Takes those that are due, the earliest first.</summary>
    public IReadOnlyList<HeldRequest> TakeDue(DateTimeOffset now)
    {
        HeldRequest[] due =
        [
            .. _held.Values.Where(held => held.DueAt <= now).OrderBy(held => held.DueAt).ThenBy(held => held.Request.Id.Counter),
        ];
        foreach (HeldRequest held in due)
        {
            Forget(held.Request.Id);
        }

        return due;
    }

    /// <summary>Forgets those that a request withdraws: of its User, for its device, of its variant.</summary>
    /// <returns>How many they were.</returns>
    public int Withdraw(RequestId by, string srv)
    {
        RequestId[] withdrawn =
        [
            .. _held.Values.Where(held => held.Entry.Srv == srv).Select(held => held.Request.Id)
                .Where(id => (id.Originator, id.Target) == (by.Originator, by.Target)),
        ];
        return withdrawn.Count(id => _held.TryRemove(id, out _));
    }

    /// <summary>Forgets one.</summary>
    public void Forget(RequestId id) => _held.TryRemove(id, out _);
}

/// <summary>A request that is held.</summary>
/// <param name="Request">The request.</param>
/// <param name="Entry">Its variant.</param>
/// <param name="DueAt">When it is to be sent.</param>
/// <param name="Acknowledgement">How it was acknowledged.</param>
internal sealed record HeldRequest(DuisRequest Request, SrvEntry Entry, DateTimeOffset DueAt, ServiceAnswer Acknowledgement);
