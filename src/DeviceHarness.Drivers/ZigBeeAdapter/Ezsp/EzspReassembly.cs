using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>Puts fragments together: a pure machine, with a window of one fragment.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up. A fragment that is not the next one of its
/// message is not acknowledged, so that its sender repeats it or gives up; one that came before is acknowledged again, since its
/// acknowledgement was lost. Bounded in messages, octets and time. Not safe for use from several threads.</remarks>
public sealed class EzspReassembly
{
    /// <summary>The most messages that are kept: incomplete ones, and complete ones whose last acknowledgement may be lost.</summary>
    public const int MaximumMessages = 16;

    /// <summary>The most octets of a message that is put together.</summary>
    public const int MaximumOctets = EzspFragments.MaximumOctets;

    /// <summary>How long the next fragment may take: about twice the 5 to 8 s in which a sender gives one up.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly Dictionary<Key, Entry> _messages = [];

    /// <summary>When <see cref="Expire"/> is due; null when nothing is kept.</summary>
    public TimeSpan? NextDue => _messages.Count == 0 ? null : _messages.Values.Min(entry => entry.Due);

    /// <summary>Takes a fragment.</summary>
    /// <param name="fragment">The fragment, as the adapter tells it.</param>
    /// <param name="now">The time.</param>
    public EzspFragmentStep Take(in IncomingMessage fragment, TimeSpan now)
    {
        EmberApsFrame aps = fragment.Aps;
        if (fragment.Type is not (EmberIncomingMessageType.Unicast or EmberIncomingMessageType.UnicastReply))
        {
            return new(ZigBeeFragmentFault.NotUnicast);
        }

        if (fragment.Message.IsEmpty)
        {
            return new(ZigBeeFragmentFault.Empty);
        }

        Key key = new(
            fragment.Packet.SenderId, aps.Sequence, aps.Profile, aps.Cluster, aps.SourceEndpoint, aps.DestinationEndpoint);
        byte number = EzspFragments.NumberOf(aps.GroupId);
        if (!_messages.TryGetValue(key, out Entry? entry))
        {
            ZigBeeFragmentFault? fault = number != 0 ? ZigBeeFragmentFault.Missing
                : EzspFragments.CountOf(aps.GroupId) == 0 ? ZigBeeFragmentFault.WrongCount
                : HasRoom() ? null : ZigBeeFragmentFault.TooMany;
            if (fault is { } why)
            {
                return new(why);
            }

            entry = new Entry(EzspFragments.CountOf(aps.GroupId), aps.Options.HasFlag(EmberApsOptions.Encryption));
            _messages.Add(key, entry);
        }

        EzspFragmentStep step = entry.Take(fragment, number, now + Limit);
        if (step.EndsMessage)
        {
            _messages.Remove(key);
        }

        return step;
    }

    /// <summary>Forgets what is overdue.</summary>
    /// <param name="now">The time.</param>
    /// <returns>One fault for each message that is incomplete: who sent it, and its cluster.</returns>
    public IReadOnlyList<(ushort NodeId, ushort Cluster)> Expire(TimeSpan now)
    {
        List<(ushort NodeId, ushort Cluster)> incomplete = [];
        foreach ((Key key, Entry entry) in _messages.Where(message => message.Value.Due <= now).ToArray())
        {
            _messages.Remove(key);
            if (!entry.IsComplete)
            {
                incomplete.Add((key.NodeId, key.Cluster));
            }
        }

        return incomplete;
    }

    /// <summary>The adapter is lost, and with it what would have come.</summary>
    public void Clear() => _messages.Clear();

    private bool HasRoom()
    {
        if (_messages.Count >= MaximumMessages && _messages.Values.Any(entry => entry.IsComplete))
        {
            _messages.Remove(_messages.Where(message => message.Value.IsComplete).MinBy(message => message.Value.Due).Key);
        }

        return _messages.Count < MaximumMessages;
    }

    private readonly record struct Key(
        ushort NodeId, byte Sequence, ushort Profile, ushort Cluster, byte SourceEndpoint, byte DestinationEndpoint);

    /// <summary>One message.</summary>
    private sealed class Entry(byte count, bool isEncrypted)
    {
        private readonly List<ReadOnlyMemory<byte>> _fragments = [];

        public TimeSpan Due { get; private set; }

        public bool IsComplete => _fragments.Count == count;

        public EzspFragmentStep Take(in IncomingMessage fragment, byte number, TimeSpan due)
        {
            byte stated = EzspFragments.CountOf(fragment.Aps.GroupId);
            if (number == 0 && stated != count)
            {
                return new(ZigBeeFragmentFault.WrongCount, EndsMessage: true);
            }

            if (fragment.Aps.Options.HasFlag(EmberApsOptions.Encryption) != isEncrypted)
            {
                return new(ZigBeeFragmentFault.MixedProtection, EndsMessage: true);
            }

            if (number >= count)
            {
                return new(ZigBeeFragmentFault.WrongNumber);
            }

            if (number < _fragments.Count)
            {
                bool isSame = _fragments[number].Span.SequenceEqual(fragment.Message.Span);
                return isSame ? new(null, IsAcknowledged: true) : new(ZigBeeFragmentFault.Changed, EndsMessage: true);
            }

            if (number > _fragments.Count)
            {
                return new(ZigBeeFragmentFault.Missing);
            }

            if (_fragments.Sum(part => part.Length) + fragment.Message.Length > MaximumOctets)
            {
                return new(ZigBeeFragmentFault.Oversize, EndsMessage: true);
            }

            Due = due;
            _fragments.Add(fragment.Message.ToArray());
            return new(null, IsAcknowledged: true, Whole: IsComplete ? Whole(fragment) : null);
        }

        private IncomingMessage Whole(in IncomingMessage last) => last with
        {
            Aps = last.Aps with { Options = last.Aps.Options & ~EmberApsOptions.Fragment, GroupId = 0 },
            Message = _fragments.SelectMany(part => part.ToArray()).ToArray(),
        };
    }
}
