using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.Han;

/// <summary>A device's answer to a ZCL request.</summary>
/// <param name="Message">The answer.</param>
/// <param name="Delivery">How long the adapter took to have the request acknowledged; null when the answer came before that.</param>
/// <param name="Taken">How long it took from handing the request in, waiting for a sleeping device included.</param>
public sealed record ZclReply(HanMessage Message, TimeSpan? Delivery, TimeSpan Taken)
{
    /// <summary>The fields.</summary>
    /// <exception cref="InvalidOperationException">The command is not known here: see its octets.</exception>
    public MessageContent Content => Message.Content ?? throw new InvalidOperationException("the command is not known here");

    /// <summary>Whether it is a default response: then it says success, since another status is thrown.</summary>
    public bool IsDefaultResponse => Message.Header.Is(GlobalCommand.DefaultResponse);
}
