namespace DeviceHarness.Codecs.Capture;

/// <summary>A message of the HAN in a recording of an adapter.</summary>
/// <param name="Message">The message.</param>
/// <param name="IsSent">Whether the adapter was told to send it; else it received it.</param>
/// <param name="Remark">What else is known: link quality, ciphering on air.</param>
public sealed record HanMessage(RebuiltMessage Message, bool IsSent, string Remark);
