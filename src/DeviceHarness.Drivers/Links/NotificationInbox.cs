using System.Buffers;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Llc;

namespace DeviceHarness.Drivers.Links;

/// <summary>The APDUs that a device sent unasked, oldest first, as they came from the link.</summary>
/// <remarks>Spec: IEC 62056-5-3, EventNotification, DataNotification and general block transfer, as this harness's DLMS guide sums them up:
/// nothing answers them. Bounded: the oldest goes for a new one, and is counted. Not safe for use from several threads.</remarks>
public sealed class NotificationInbox
{
    /// <summary>The most APDUs that wait.</summary>
    public const int Capacity = 64;

    /// <summary>The longest APDU that is put together from blocks, in octets.</summary>
    public const int MaximumApduOctets = 65_535;

    private readonly Queue<LinkNotification> _waiting = new();
    private readonly GeneralBlockReceiver _blocks = new(MaximumApduOctets);

    /// <summary>How many APDUs wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>How many came so far.</summary>
    public long Received { get; private set; }

    /// <summary>What is lost: dropped for newer ones, series of blocks with a gap, and frames that hold nothing.</summary>
    public long Lost { get; private set; }

    /// <summary>Whether an APDU is a notification whatever was asked, in clear or in the wrapper of its service.</summary>
    /// <param name="apdu">The APDU.</param>
    public static bool IsNotification(ReadOnlySpan<byte> apdu) => !apdu.IsEmpty && (ApduTag)apdu[0] is ApduTag.EventNotification
        or ApduTag.DataNotification or ApduTag.GloEventNotification or ApduTag.DedEventNotification;

    /// <summary>Takes an APDU.</summary>
    /// <param name="apdu">The APDU; it is copied.</param>
    /// <param name="isBeforeAnswer">Whether an answer was still awaited when it came.</param>
    public void Add(ReadOnlySpan<byte> apdu, bool isBeforeAnswer)
    {
        if (apdu.IsEmpty)
        {
            Lost++;
            return;
        }

        if (_waiting.Count == Capacity)
        {
            _ = _waiting.Dequeue();
            Lost++;
        }

        Received++;
        _waiting.Enqueue(new LinkNotification(apdu.ToArray(), isBeforeAnswer));
    }

    /// <summary>Takes the information field of a UI frame: an APDU, or a block of one. Only the first has the LLC header.</summary>
    /// <param name="information">The field; it is copied.</param>
    /// <param name="isBeforeAnswer">Whether an answer was still awaited when it came.</param>
    public void AddInformation(ReadOnlySpan<byte> information, bool isBeforeAnswer)
    {
        bool hasHeader = LlcHeader.Decode(information, out LlcHeader header, out int headerOctets, out CodecFault _) == OperationStatus.Done
            && header.IsResponse;
        ReadOnlySpan<byte> apdu = hasHeader ? information[headerOctets..] : information;
        if (apdu.IsEmpty || (ApduTag)apdu[0] != ApduTag.GeneralBlockTransfer)
        {
            Add(apdu, isBeforeAnswer);
            return;
        }

        if (GeneralBlockTransfer.Decode(apdu, out GeneralBlockTransfer block, out _, out _) != OperationStatus.Done)
        {
            DropSeries();
            return;
        }

        if (block.BlockNumber == 1 && _blocks.HasBegun)
        {
            DropSeries();
        }

        switch (_blocks.Add(block))
        {
            case GeneralBlockOutcome.Complete:
                Add(_blocks.Octets, isBeforeAnswer);
                _blocks.Reset();
                break;
            case GeneralBlockOutcome.Gap or GeneralBlockOutcome.TooLong:
                // Nothing acknowledges the blocks of a notification, so what is missing never comes.
                DropSeries();
                break;
        }
    }

    /// <summary>Takes out the oldest.</summary>
    /// <param name="notification">The APDU.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(out LinkNotification notification) => _waiting.TryDequeue(out notification);

    /// <summary>Takes out the oldest, if it came before the answer of its exchange.</summary>
    /// <param name="notification">The APDU.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTakeBeforeAnswer(out LinkNotification notification)
    {
        notification = default;
        return _waiting.TryPeek(out LinkNotification oldest) && oldest.IsBeforeAnswer && TryTake(out notification);
    }

    private void DropSeries()
    {
        _blocks.Reset();
        Lost++;
    }
}

/// <summary>An APDU that came unasked.</summary>
/// <param name="Apdu">The APDU as it came.</param>
/// <param name="IsBeforeAnswer">Whether an answer was still awaited then.</param>
public readonly record struct LinkNotification(ReadOnlyMemory<byte> Apdu, bool IsBeforeAnswer);
