namespace DeviceHarness.Virtual.Application;

/// <summary>What a block of the client asks the server to do.</summary>
internal enum BlockExchangeMove
{
    /// <summary>Nothing: more blocks of the row follow.</summary>
    AwaitMore,

    /// <summary>Send what is due: the next row of the answer, or an acknowledgement; perhaps nothing is.</summary>
    Transmit,

    /// <summary>The request is whole: carry it out, once.</summary>
    CarryOut,
}
