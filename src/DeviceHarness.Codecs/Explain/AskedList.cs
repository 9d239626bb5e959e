namespace DeviceHarness.Codecs.Explain;

/// <summary>What a request named, in its order.</summary>
/// <param name="Items">The attributes or methods.</param>
/// <param name="IsList">Whether the request was one with list: a long answer to it, or its long values, begin with their count.</param>
internal sealed record AskedList(IReadOnlyList<AskedItem> Items, bool IsList)
{
    /// <summary>Nothing is known.</summary>
    public static AskedList None { get; } = new([], false);

    /// <summary>Whether any of them is a secret.</summary>
    public bool HasSecret => Items.Any(item => item.IsSecret);

    /// <summary>One that stands alone.</summary>
    public static AskedList One(AskedItem item) => new([item], false);
}
