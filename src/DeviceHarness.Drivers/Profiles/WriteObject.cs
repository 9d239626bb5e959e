using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>What becomes of one value of a request.</summary>
public sealed record WriteObject
{
    /// <summary>The attribute that is written; null when it is a method, or when nothing is sent.</summary>
    public CosemAttributeDescriptor? Attribute { get; init; }

    /// <summary>The method that is invoked; null when it is an attribute, or when nothing is sent.</summary>
    public CosemMethodDescriptor? Method { get; init; }

    /// <summary>How the value is put on the wire.</summary>
    public DataForm Form { get; init; } = DataForm.AsItIs;

    /// <summary>What words of the request, or numbers of loads and buttons, are on the wire; empty when they are as they stand.</summary>
    public IReadOnlyDictionary<string, long> Words { get; init; } = new Dictionary<string, long>();

    /// <summary>The script table that the entries of a calendar name; null when the value has none.</summary>
    public ObisCode? Script { get; init; }

    /// <summary>Whether it may be written before a later date although it holds at once, since it has no effect until then.</summary>
    public bool IsEarly { get; init; }

    /// <summary>What the model always is, as text: nothing is sent, and a request that wants something else is refused; null when it is
    /// not so.</summary>
    public string? Always { get; init; }

    /// <summary>Whether the model has nothing for it and does without: nothing is sent, and the outcome says so.</summary>
    public bool IsLeftOut { get; init; }
}
