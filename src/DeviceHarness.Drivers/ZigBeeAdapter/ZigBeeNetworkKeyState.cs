namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>What is known of the network key.</summary>
/// <param name="Sequence">The number of the key in use.</param>
/// <param name="NextSequence">The number of the next one; null when there is none, or the adapter does not tell.</param>
/// <param name="FrameCounter">The counter of the last frame sent under it: it must never go back.</param>
public readonly record struct ZigBeeNetworkKeyState(byte Sequence, byte? NextSequence, uint FrameCounter);
