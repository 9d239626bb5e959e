using System.Buffers;
using System.Buffers.Binary;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Llc;
using DeviceHarness.Codecs.Wrapper;
using DeviceHarness.Drivers.Links;

namespace DeviceHarness.Drivers.Recorded;

/// <summary>What a client drew for one association, as far as its recorded octets show it.</summary>
/// <param name="Challenge">The challenge of HLS; empty without.</param>
/// <param name="Title">The client's system title; empty without.</param>
/// <param name="Initiate">The ciphered initiate; empty in clear.</param>
/// <param name="Counter">The first invocation counter; 0 when no octet shows one.</param>
internal sealed record RecordedAssociation(byte[] Challenge, byte[] Title, byte[] Initiate, uint Counter)
{
    /// <summary>A proof may go before the first request.</summary>
    private const int MaximumRequests = 2;

    private const int GmacHeaderOctets = 5;
    private const ushort AssociationClass = 15;

    /// <summary>The APDUs that went to the device first after it, as they were sent: what shows the first invoke id.</summary>
    internal List<byte[]> Requests { get; } = [];

    /// <summary>The invoke id of a request in clear; null when it is none, or passes a proof, which has an id of its own.</summary>
    /// <param name="apdu">The request.</param>
    internal static int? InvokeIdOf(ReadOnlySpan<byte> apdu) => apdu switch
    {
        [(byte)ApduTag.ActionRequest, _, _, 0, (byte)AssociationClass, ..] => null,
        [(byte)ApduTag.GetRequest or (byte)ApduTag.SetRequest or (byte)ApduTag.ActionRequest, _, byte id, ..] =>
            new InvokeIdAndPriority(id).InvokeId,
        _ => null,
    };

    /// <summary>Finds the associations in the octets that went to a device, in order; one that was sent twice counts once.</summary>
    /// <param name="framing">What frames carried them.</param>
    /// <param name="sent">The octets, without gaps.</param>
    internal static IReadOnlyList<RecordedAssociation> Find(LinkFraming framing, ReadOnlySpan<byte> sent)
    {
        List<RecordedAssociation> found = [];
        byte[] before = [];
        foreach (byte[] apdu in ApdusIn(framing, sent))
        {
            bool isAgain = apdu.AsSpan().SequenceEqual(before);
            if (!isAgain && Aarq.Decode(apdu, out Aarq request, out _, out _) == OperationStatus.Done)
            {
                found.Add(Read(request));
            }
            else if (found is [.., { Counter: 0 } begun] && ProofCounter(apdu) is { } counter)
            {
                found[^1] = begun with { Counter = counter };
            }
            else if (!isAgain && found is [.., { Requests.Count: < MaximumRequests } last])
            {
                last.Requests.Add(apdu);
            }

            before = apdu;
        }

        return found;
    }

    /// <summary>The APDUs that went to a device, in order.</summary>
    /// <param name="framing">What frames carried them.</param>
    /// <param name="sent">The octets, without gaps.</param>
    internal static List<byte[]> ApdusIn(LinkFraming framing, ReadOnlySpan<byte> sent) =>
        framing == LinkFraming.Hdlc ? InFrames(sent) : InWrappers(sent);

    private static RecordedAssociation Read(in Aarq request)
    {
        ReadOnlySpan<byte> initiate = request.UserInformation;
        bool isCiphered = CipheredApdu.Decode(initiate, out CipheredApdu ciphered, out _, out _) == OperationStatus.Done;
        bool hasChallenge = request.Mechanism is not (null or AuthenticationMechanism.None or AuthenticationMechanism.LowLevel);
        return new RecordedAssociation(
            hasChallenge ? request.AuthenticationValue.ToArray() : [], request.CallingApTitle.ToArray(),
            isCiphered ? initiate.ToArray() : [], isCiphered ? ciphered.InvocationCounter ?? 0 : 0);
    }

    /// <summary>The counter inside a proof of GMAC that goes in clear.</summary>
    private static uint? ProofCounter(byte[] apdu)
    {
        if (apdu is not [(byte)ApduTag.ActionRequest, ..]
            || ActionRequest.Decode(apdu, out ActionRequest action, out _, out _) != OperationStatus.Done
            || action.Method.ClassId != AssociationClass)
        {
            return null;
        }

        AxdrReader reader = new(action.Parameter);
        return reader.TryReadValue(out AxdrValue proof) && proof.Octets.Length == GmacHls.ProofOctets
            ? BinaryPrimitives.ReadUInt32BigEndian(proof.Octets[1..GmacHeaderOctets])
            : null;
    }

    private static List<byte[]> InFrames(ReadOnlySpan<byte> sent)
    {
        List<byte[]> apdus = [];
        List<byte> message = [];
        byte[] last = [];
        int offset = 0;
        while (offset < sent.Length)
        {
            OperationStatus status = HdlcFrameCodec.Decode(sent[offset..], out HdlcFrame frame, out int consumed, out _);
            if (status == OperationStatus.NeedMoreData)
            {
                break;
            }

            // A frame that was sent once more has the same octets, send sequence and all.
            byte[] octets = sent.Slice(offset, consumed).Trim(HdlcFrameCodec.Flag).ToArray();
            if (status == OperationStatus.Done && frame.Control.Kind == HdlcFrameKind.Information && !octets.AsSpan().SequenceEqual(last))
            {
                message.AddRange(frame.Information);
                last = octets;
                if (!frame.IsSegmented)
                {
                    AddApdu(apdus, [.. message]);
                    message.Clear();
                }
            }

            // The closing flag may open the next frame.
            offset += Math.Max(1, status == OperationStatus.Done ? consumed - 1 : consumed);
        }

        return apdus;
    }

    private static List<byte[]> InWrappers(ReadOnlySpan<byte> sent)
    {
        List<byte[]> apdus = [];
        while (WrapperHeader.Decode(sent, out WrapperHeader header, out int head, out _) == OperationStatus.Done
            && head + header.ApduOctets <= sent.Length)
        {
            apdus.Add(sent.Slice(head, header.ApduOctets).ToArray());
            sent = sent[(head + header.ApduOctets)..];
        }

        return apdus;
    }

    private static void AddApdu(List<byte[]> apdus, byte[] information)
    {
        if (LlcHeader.Decode(information, out _, out int header, out _) == OperationStatus.Done)
        {
            apdus.Add(information[header..]);
        }
    }
}
