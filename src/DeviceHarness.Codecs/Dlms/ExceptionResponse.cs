using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>A refusal outside of any service; always in clear, and it may answer an AARQ.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, ExceptionResponse.
/// <code>
/// D8 | state error | service error | expected counter 4, only with invocation-counter-error and not from every meter
/// </code>
/// </remarks>
/// <param name="StateError">What state the server is in.</param>
/// <param name="ServiceError">What it could not do.</param>
/// <param name="ExpectedInvocationCounter">
/// With invocation-counter-error: the smallest counter that is accepted; null when not told.
/// </param>
public readonly record struct ExceptionResponse(
    ExceptionStateError StateError, ExceptionServiceError ServiceError, uint? ExpectedInvocationCounter = null)
{
    /// <summary>The service cannot be used now, such as before an association.</summary>
    public static ExceptionResponse ServiceNotAllowed =>
        new(ExceptionStateError.ServiceNotAllowed, ExceptionServiceError.OperationNotPossible);

    /// <summary>The APDU's tag is not known.</summary>
    public static ExceptionResponse ServiceNotSupported =>
        new(ExceptionStateError.ServiceNotAllowed, ExceptionServiceError.ServiceNotSupported);

    /// <summary>Decodes the APDU that the octets start with.</summary>
    /// <param name="source">The APDU.</param>
    /// <param name="response">The refusal, when done.</param>
    /// <param name="consumedOctets">3 or 7 when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out ExceptionResponse response, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        response = default;
        if (reader.TryExpect((byte)ApduTag.ExceptionResponse, CodecFaultKind.UnknownTag, ApduFields.TagClause)
            && reader.TryReadOctet(out byte state)
            && reader.TryReadOctet(out byte service))
        {
            bool hasCounter = service == (byte)ExceptionServiceError.InvocationCounterError && reader.RemainingOctets >= sizeof(uint);
            uint counter = 0;
            if (hasCounter)
            {
                reader.TryReadUInt32(out counter);
            }

            response = new((ExceptionStateError)state, (ExceptionServiceError)service, hasCounter ? counter : null);
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the APDU.</summary>
    /// <param name="response">The refusal.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">3 or 7 when done, otherwise 0.</param>
    public static OperationStatus Encode(in ExceptionResponse response, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        writer.WriteOctets([(byte)ApduTag.ExceptionResponse, (byte)response.StateError, (byte)response.ServiceError]);
        if (response.ExpectedInvocationCounter is uint counter)
        {
            writer.WriteUInt32(counter);
        }

        return writer.Complete(out writtenOctets);
    }
}
