using System.Globalization;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

namespace DeviceHarness.Agent.Bench;

/// <summary>Puts into words what a network tells that nobody waits for: who was sent away, what was not taken, what was lost.</summary>
/// <remarks>Bounded: the oldest goes for a new one. No payload is shown, so no key and no code of a top-up. From any thread.</remarks>
/// <param name="nameOf">The rig's device of an EUI-64; null when it has none.</param>
/// <param name="addressOf">The EUI-64 of a short address; null when it is not known.</param>
/// <param name="noted">Is told of each; null tells nobody.</param>
internal sealed class HanNotices(Func<ulong, string?> nameOf, Func<ushort, ulong?> addressOf, Action<HanNotice>? noted) : IHanObserver
{
    /// <summary>The most notices that are kept.</summary>
    internal const int Capacity = 256;

    private readonly Lock _gate = new();
    private readonly Queue<HanNotice> _kept = new();

    /// <inheritdoc/>
    public void Told(HanEvent told)
    {
        if (TextOf(told) is not { } text)
        {
            return;
        }

        Add(new HanNotice(told.At, text));
    }

    /// <summary>Notes something of a device that no event tells.</summary>
    internal void Add(ulong eui64, string what, DateTimeOffset at) => Add(new HanNotice(at, $"{Name(eui64)} {what}"));

    /// <summary>Notes something that no event tells.</summary>
    internal void Add(HanNotice notice)
    {
        lock (_gate)
        {
            if (_kept.Count == Capacity)
            {
                _kept.Dequeue();
            }

            _kept.Enqueue(notice);
        }

        noted?.Invoke(notice);
    }

    /// <summary>Takes out what is kept, the oldest first.</summary>
    internal IReadOnlyList<HanNotice> Take()
    {
        lock (_gate)
        {
            HanNotice[] taken = [.. _kept];
            _kept.Clear();
            return taken;
        }
    }

    private string? TextOf(HanEvent told) => told switch
    {
        HanStrangerRemoved stranger => $"{Name(stranger.Eui64)} joined, was let in by nobody, and was told to leave",
        HanKeylessRemoved keyless => string.Create(
            CultureInfo.InvariantCulture,
            $"{Name(keyless.Eui64)} agreed on no link key in {keyless.Limit.TotalMinutes:0.##} min and was told to leave"),
        HanUnprotectedMessage { Message: { } message } =>
            $"{Name(message.Eui64, message.NodeId)}: a message of cluster {message.Cluster:X4} came without the link key and was not taken",
        HanUndecodedMessage undecoded =>
            $"{Name(undecoded.NodeId)}: {undecoded.Octets.Length} octets of cluster {undecoded.Cluster:X4} are no ZCL frame",
        HanKeyEstablishment { Failure: not EstablishmentFailure.None } failed =>
            $"{Name(failed.Eui64)}: key establishment failed: {failed.Failure}, {failed.Status}",
        HanAnswerLost lost => $"{Name(lost.NodeId)}: an answer to it was lost: {lost.Reason}",
        HanFault fault => fault.Reason.Message,
        HanAdapterEvent { Told: { } adapter } => TextOf(adapter),
        _ => null,
    };

    private string? TextOf(ZigBeeAdapterEvent told) => told switch
    {
        ZigBeeFragmentRefused refused =>
            $"{Name(refused.NodeId)}: a fragment of cluster {refused.Cluster:X4} was not taken: {refused.Fault}",
        ZigBeeEventsLost lost => lost.Reason,
        ZigBeeAdapterLost lost => $"the adapter is lost: {lost.Reason.Message}",
        ZigBeeAdapterRecovered back => $"the adapter is back, at attempt {back.Attempts}",
        _ => null,
    };

    private string Name(ushort nodeId) => Name(addressOf(nodeId), nodeId);

    private string Name(ulong? eui64, ushort nodeId) => eui64 is { } known ? Name(known) : $"the node {nodeId:X4}";

    private string Name(ulong eui64) => nameOf(eui64) ?? $"{eui64:X16}";
}
