using System.Buffers;

namespace DeviceHarness.Codecs.Tests.Decoders;

/// <summary>Which status, count and fault go together.</summary>
internal static class AnswerShape
{
    /// <summary>What is wrong with an answer; null when nothing is.</summary>
    public static string? Broken(ReadOnlySpan<byte> input, OperationStatus status, int consumed, in CodecFault fault)
    {
        bool isShaped = status switch
        {
            OperationStatus.Done => consumed > 0 && fault.Kind == CodecFaultKind.None,
            OperationStatus.NeedMoreData => consumed == 0 && fault.Kind == CodecFaultKind.Truncated,
            OperationStatus.InvalidData => fault.Kind is not (CodecFaultKind.None or CodecFaultKind.Truncated) && fault.Clause.Length > 0,
            _ => false,
        };
        return isShaped && consumed <= input.Length && fault.Offset <= input.Length && fault.Offset >= 0
            ? null
            : $"{status}, consumed {consumed}, {fault} for {Convert.ToHexString(input)}";
    }
}
