namespace DeviceHarness.Orchestrator.Cycles;

/// <summary>The bounds of what a client may ask for.</summary>
internal static class CycleLimits
{
    /// <summary>The most cycles of one submission.</summary>
    public const int MaximumSubmitted = 100;

    /// <summary>The most cycles that are frozen within one second, so that they can be named by it.</summary>
    public const int MaximumPerSecond = 1000;

    /// <summary>The most cycles of one list.</summary>
    public const int MaximumListed = 1000;

    /// <summary>The cycles of a list when no limit is given.</summary>
    public const int DefaultListed = 50;

    /// <summary>The largest pack in UTF-8 octets: it travels in every lease, and a message holds 4 MiB.</summary>
    public const int MaximumPackOctets = 1024 * 1024;

    /// <summary>The longest name of a person who asks for something, in characters.</summary>
    public const int MaximumPersonCharacters = 128;

    /// <summary>The longest reason for which a person gives a rig up, in characters.</summary>
    public const int MaximumReasonCharacters = 256;

    /// <summary>The most spare rigs of a cycle.</summary>
    public const int MaximumSpareRigs = 8;

    /// <summary>The largest piece of a report or of evidence in octets.</summary>
    public const int PieceOctets = 64 * 1024;
}
