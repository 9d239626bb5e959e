using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Codecs.Acse;

/// <summary>Passes 3 and 4 of HLS as an ACTION on the current association.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2, association class 15, method 1 reply_to_HLS_authentication of 0-0:40.0.0.255; the parameter and the value returned
/// are octet-strings.
/// </remarks>
public static class HlsMessages
{
    /// <summary>The method that carries pass 3.</summary>
    public static CosemMethodDescriptor ReplyToHls { get; } = new(15, ObisCode.FromOctets([0, 0, 40, 0, 0, 255]), 1);

    /// <summary>Encodes pass 3, in clear: the caller protects it as it does every APDU.</summary>
    /// <param name="invokeId">Repeated by the response.</param>
    /// <param name="proof">f(StoC).</param>
    /// <param name="target">Where the APDU goes.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus EncodeRequest(
        InvokeIdAndPriority invokeId, ReadOnlySpan<byte> proof, Span<byte> target, out int writtenOctets)
    {
        Span<byte> parameter = stackalloc byte[ProofRoomOctets];
        return !TryEncodeProof(proof, ref parameter)
            ? Refuse(out writtenOctets)
            : ActionRequest.Encode(ActionRequest.Normal(invokeId, ReplyToHls, parameter), target, out writtenOctets);
    }

    /// <summary>Finds the proof in a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="proof">f(StoC).</param>
    /// <returns>False when the request is another method, or has another parameter than one octet-string.</returns>
    public static bool TryReadRequest(in ActionRequest request, out ReadOnlySpan<byte> proof)
    {
        proof = default;
        return request.Choice == ActionRequestChoice.Normal
            && request.Method == ReplyToHls
            && TryReadProof(request.Parameter, out proof);
    }

    /// <summary>Encodes pass 4, in clear: the caller protects it as it does every APDU.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="proof">f(CtoS).</param>
    /// <param name="target">Where the APDU goes.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus EncodeResponse(
        InvokeIdAndPriority invokeId, ReadOnlySpan<byte> proof, Span<byte> target, out int writtenOctets)
    {
        Span<byte> value = stackalloc byte[ProofRoomOctets];
        if (!TryEncodeProof(proof, ref value))
        {
            return Refuse(out writtenOctets);
        }

        ActionOutcome outcome = new(ActionResult.Success, new GetDataResult(value));
        return ActionResponse.Encode(ActionResponse.Normal(invokeId, outcome), target, out writtenOctets);
    }

    /// <summary>Finds the proof in a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="proof">f(CtoS).</param>
    /// <returns>False when the method was refused, or returned another value than one octet-string.</returns>
    public static bool TryReadResponse(in ActionResponse response, out ReadOnlySpan<byte> proof)
    {
        proof = default;
        return response.Choice == ActionResponseChoice.Normal
            && response.Outcome is { Result: ActionResult.Success, HasReturn: true }
            && TryReadProof(response.Outcome.Returned.Data, out proof);
    }

    private const int ProofRoomOctets = IHlsMechanism.MaximumProofOctets + 2;

    private static OperationStatus Refuse(out int writtenOctets)
    {
        writtenOctets = 0;
        return OperationStatus.InvalidData;
    }

    private static bool TryEncodeProof(ReadOnlySpan<byte> proof, scoped ref Span<byte> target)
    {
        AxdrWriter writer = new(target);
        writer.WriteOctetString(proof);
        bool isWritten = writer.Complete(out int octets) == OperationStatus.Done;
        target = target[..octets];
        return isWritten;
    }

    private static bool TryReadProof(ReadOnlySpan<byte> encoded, out ReadOnlySpan<byte> proof)
    {
        AxdrReader reader = new(encoded);
        bool isRead = reader.TryReadValue(out AxdrValue value) && value.Type == DlmsDataType.OctetString && reader.RemainingOctets == 0;
        proof = isRead ? value.Octets : default;
        return isRead;
    }
}
