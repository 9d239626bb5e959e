using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>A command of a cluster.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="From">The side that sends it.</param>
/// <param name="Definition">Its number, name and fields.</param>
public sealed record ClusterCommand(ushort Cluster, ZclSide From, CommandDefinition Definition)
{
    /// <summary>The command's number.</summary>
    public byte Id => (byte)Definition.Id;

    /// <summary>The standard's name, such as <c>PublishPrice</c>.</summary>
    public string Name => Definition.Name;

    /// <summary>The fields.</summary>
    public MessageLayout Layout => Definition.Layout;

    /// <summary>The command without any field yet.</summary>
    public MessageContent Create() => Layout.Create();

    /// <summary>The header of a frame with this command.</summary>
    /// <param name="sequence">The transaction.</param>
    public ZclHeader Header(byte sequence) => new(ZclFrameType.Cluster, From, sequence, Id);

    /// <summary>A frame with this command.</summary>
    /// <param name="sequence">The transaction.</param>
    /// <param name="content">The fields.</param>
    /// <param name="level">The newest edition whose fields are sent.</param>
    /// <exception cref="InvalidOperationException">A field that must be there is not.</exception>
    public byte[] Compose(byte sequence, MessageContent content, ProfileLevel level = ProfileLevel.SmartEnergy12) =>
        ZclFrame.Compose(Header(sequence), content, level);
}
