using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;

/// <summary>Keeps what an adapter says unasked.</summary>
internal sealed class HeardCallbacks : IEzspListener
{
    private readonly TaskCompletionSource<HarnessException> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<EzspFrameId> Callbacks { get; } = [];

    public List<string> Unknown { get; } = [];

    public int Overflows { get; private set; }

    public Task<HarnessException> LostReason => _lost.Task;

    public void Heard(in EzspHeader header, ReadOnlyMemory<byte> parameters) => Callbacks.Add(header.FrameId);

    public void HeardUnknown(ReadOnlyMemory<byte> frame) => Unknown.Add(Convert.ToHexString(frame.Span));

    public void Overflowed() => Overflows++;

    public void Lost(HarnessException reason) => _lost.TrySetResult(reason);
}
