using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Virtual.ZigBee.Radio;

/// <summary>A node on the simulated radio.</summary>
public interface IRadioNode
{
    /// <summary>Its EUI-64.</summary>
    ulong Eui64 { get; }

    /// <summary>Its short address; meaningful while it is in the network.</summary>
    ushort ShortAddress { get; }

    /// <summary>Whether it is in the network.</summary>
    bool IsJoined { get; }

    /// <summary>What it is in the network.</summary>
    EmberNodeType NodeType { get; }

    /// <summary>How it is heard, and when it asks for messages.</summary>
    RadioPlace Place { get; }

    /// <summary>The network key under which it sends.</summary>
    EzspKey NetworkKey { get; }

    /// <summary>The frame counter under which it sends next; null for a node whose counter is not simulated.</summary>
    uint? NetworkFrameCounter => null;

    /// <summary>Whether a host cuts long messages for the node, puts together what comes in fragments, and acknowledges each; else its
    /// stack does.</summary>
    bool HasFragmentingHost => false;

    /// <summary>Whether a sleepy node is awake; of no meaning for another.</summary>
    /// <param name="at">When.</param>
    bool IsAwake(TimeSpan at) => Place.Polls.IsAwake(at);

    /// <summary>When a sleepy node asks its parent for messages next; of no meaning for another.</summary>
    /// <param name="after">A moment; the answer lies behind it.</param>
    TimeSpan NextPoll(TimeSpan after) => Place.Polls.NextAfter(after);

    /// <summary>Whether it can read what a node sends: it holds that node's network key, or takes it into use now.</summary>
    /// <param name="sender">The node.</param>
    bool Understands(IRadioNode sender);

    /// <summary>A message came, once.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="signal">How it was heard.</param>
    /// <param name="now">The time.</param>
    void OnFrame(RadioFrame frame, RadioSignal signal, TimeSpan now);
}

/// <summary>How a message was heard.</summary>
/// <param name="Lqi">The link quality, 0 to 255.</param>
/// <param name="RssiDbm">The signal strength, in dBm.</param>
public readonly record struct RadioSignal(byte Lqi, sbyte RssiDbm);
