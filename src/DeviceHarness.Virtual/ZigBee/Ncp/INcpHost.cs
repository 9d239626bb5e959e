using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.ZigBee.Radio;

namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>The adapter, as its parts see it.</summary>
internal interface INcpHost
{
    /// <summary>What it is.</summary>
    NcpOptions Options { get; }

    /// <summary>What it keeps.</summary>
    NcpTokens Tokens { get; }

    /// <summary>Its radio.</summary>
    SimulatedRadio Radio { get; }

    /// <summary>The time.</summary>
    TimeSpan Now { get; }

    /// <summary>Tells the host something.</summary>
    /// <param name="callback">What.</param>
    /// <param name="message">What it carries.</param>
    void Tell<T>(EzspCallback<T> callback, in T message)
        where T : struct, IEzspMessage<T>;

    /// <summary>Does something later, unless the adapter restarts before.</summary>
    /// <param name="after">After how long.</param>
    /// <param name="action">What.</param>
    void Later(TimeSpan after, Action action);

    /// <summary>Has something done only if the adapter did not restart before.</summary>
    /// <param name="action">What.</param>
    Action Guard(Action action);
}
