namespace DeviceHarness.Drivers.Han;

/// <summary>Times and limits of a home area network.</summary>
/// <remarks>Times: this harness's ZigBee guide 12.</remarks>
public sealed record HanSettings
{
    /// <summary>How long a node that always listens may take to answer, once it has acknowledged the request.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a sleeping device wakes, unless its driver says another time.</summary>
    public TimeSpan WakeInterval { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>What is added to <see cref="WakeInterval"/> before a device counts as silent.</summary>
    public TimeSpan WakeMargin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a sleeping device counts as awake after it was heard: what is sent later waits for the next sign.</summary>
    public TimeSpan AwakeTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a message to a node that always listens may wait for its turn.</summary>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the next network key may take to reach every device that is awake, before all switch to it: an adapter refuses to
    /// switch within 9 s.</summary>
    public TimeSpan KeySpreadTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a device that joined anew may take to agree on a link key with a trust centre that holds a certificate, more than
    /// zero: then it is told to leave.</summary>
    public TimeSpan KeyAgreementTime { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>The most messages that wait for one node, 1 or more.</summary>
    public int MessagesPerNode { get; init; } = 16;

    /// <summary>The most messages that wait in all, 1 or more.</summary>
    public int MessagesInAll { get; init; } = 512;

    /// <summary>The most messages that the adapter carries at a time, 1 or more: a stock firmware has room for ten.</summary>
    public int MessagesUnderWay { get; init; } = 8;

    /// <summary>The most answers of ours under way at a time, 1 or more: beyond it a device's message is not answered, and that is
    /// told.</summary>
    public int AnswersUnderWay { get; init; } = 64;

    /// <summary>The most nodes that are kept, 1 or more.</summary>
    public int Nodes { get; init; } = 256;

    /// <summary>The most octets of a ZCL frame: what fits one APS frame with link-key security.</summary>
    public int FrameOctets { get; init; } = 70;

    /// <summary>How long a device may be silent that sleeps.</summary>
    /// <param name="wakeInterval">How often it wakes; null for <see cref="WakeInterval"/>.</param>
    internal TimeSpan SleepyLimit(TimeSpan? wakeInterval) => (wakeInterval ?? WakeInterval) + WakeMargin;
}
