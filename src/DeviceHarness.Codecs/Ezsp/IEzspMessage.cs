namespace DeviceHarness.Codecs.Ezsp;

/// <summary>The parameters of one kind of EZSP frame, in every version.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IEzspMessage<TSelf>
    where TSelf : struct, IEzspMessage<TSelf>
{
    /// <summary>Reads the parameters; whether they were whole is the reader's to say.</summary>
    /// <param name="reader">The reader, at the first octet that belongs to it.</param>
    static abstract TSelf Read(ref EzspReader reader);

    /// <summary>Writes the parameters; whether they fitted is the writer's to say.</summary>
    /// <param name="writer">The writer.</param>
    void Write(ref EzspWriter writer);
}
