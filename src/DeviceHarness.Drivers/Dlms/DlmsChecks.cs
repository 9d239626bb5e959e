using System.Buffers;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>What every answer to a service is held against.</summary>
internal static class DlmsChecks
{
    /// <summary>Refuses an answer of another kind than asked for.</summary>
    internal static void Expect(ReadOnlyMemory<byte> answer, ApduTag tag, string what)
    {
        if (answer.IsEmpty || answer.Span[0] != (byte)tag)
        {
            throw DlmsFaults.OtherAnswer(answer, what);
        }
    }

    /// <summary>Refuses an answer that could not be decoded.</summary>
    internal static void Check(OperationStatus status, ReadOnlyMemory<byte> answer, CodecFault fault, string what)
    {
        if (status != OperationStatus.Done)
        {
            throw DlmsFaults.Malformed(answer, fault, what);
        }
    }

    /// <summary>Refuses the answer to another request.</summary>
    internal static void CheckInvokeId(InvokeIdAndPriority found, InvokeIdAndPriority asked, ReadOnlyMemory<byte> answer, string what)
    {
        if (found.InvokeId != asked.InvokeId)
        {
            throw DlmsFaults.Unexpected(answer, what, $"the answer to invoke id {found.InvokeId}, not {asked.InvokeId}");
        }
    }

    /// <summary>The octets that were encoded; they always fit.</summary>
    internal static int Encoded(OperationStatus status, int written) => status == OperationStatus.Done
        ? written
        : throw new InvalidOperationException($"a request of at most {DlmsClient.MaximumRequestOctets} octets was expected: {status}");
}
