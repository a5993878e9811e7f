using System.Security.Cryptography;
using PersonalAi.Adapters.Encryption;
using Xunit;

namespace PersonalAi.Tests.Adapters.Encryption;

public sealed class EncryptedStreamTests
{
    private const int Chunk = 65_536, Header = 56, Tag = 16;

    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(3 * Chunk)]
    [InlineData(200_000)]
    public void What_was_encrypted_comes_back_whatever_its_length(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);

        var encrypted = Encrypt(content);

        Assert.Equal(content, Decrypt(encrypted));
        Assert.Equal((encrypted.Length, length), ((int)EncryptingStream.EncryptedLength(length), (int)DecryptingStream.DecryptedLength(encrypted.Length)));
        Assert.True(DecryptingStream.IsEncrypted(encrypted));
    }

    [Fact]
    public void The_same_content_is_never_encrypted_twice_alike()
    {
        var (one, other) = (Encrypt(new byte[100]), Encrypt(new byte[100]));

        Assert.NotEqual(one[Header..], other[Header..]);
        Assert.True(one.AsSpan().IndexOf(new byte[16]) < 0);
    }

    [Fact]
    public void Pieces_of_any_size_make_the_same_content()
    {
        var content = RandomNumberGenerator.GetBytes(150_000);
        using var target = new MemoryStream();
        using (var encrypting = new EncryptingStream(target, Key))
        {
            foreach (var piece in content.Chunk(777))
            {
                encrypting.Write(piece);
            }

            encrypting.Finish();
        }

        Assert.Equal(content, Decrypt(target.ToArray()));
    }

    [Fact]
    public void Another_key_is_told_from_a_changed_file()
    {
        var error = Assert.Throws<IOException>(() => Decrypt(Encrypt(new byte[10]), new byte[32]));

        Assert.Equal("It is encrypted under another key.", error.Message);
    }

    [Theory]
    [InlineData(8, "It is encrypted under another key.")]
    [InlineData(50, "It is encrypted under another key.")]
    [InlineData(0, "It is not an encrypted file of pai's.")]
    [InlineData(Header, "It was changed or cut off since it was encrypted.")]
    [InlineData(Header + Chunk + Tag, "It was changed or cut off since it was encrypted.")]
    [InlineData(Header + Chunk + Tag - 1, "It was changed or cut off since it was encrypted.")]
    public void A_changed_byte_is_found(int at, string message)
    {
        var encrypted = Encrypt(new byte[2 * Chunk]);
        encrypted[at] ^= 1;

        Assert.Equal(message, Assert.Throws<IOException>(() => Decrypt(encrypted)).Message);
    }

    [Theory]
    [InlineData(Header)]
    [InlineData(Header + Chunk + Tag)]
    [InlineData(Header + (2 * (Chunk + Tag)))]
    [InlineData(Header + (2 * (Chunk + Tag)) + 10)]
    public void An_end_that_is_missing_is_found_also_between_two_chunks(int length)
    {
        var encrypted = Encrypt(new byte[(2 * Chunk) + 100])[..length];

        Assert.Equal("It was changed or cut off since it was encrypted.", Assert.Throws<IOException>(() => Decrypt(encrypted)).Message);
    }

    [Fact]
    public void Chunks_that_change_places_or_files_are_found()
    {
        var encrypted = Encrypt(new byte[3 * Chunk]);
        var other = Encrypt(new byte[3 * Chunk]);
        var (first, second) = (Header..(Header + Chunk + Tag), (Header + Chunk + Tag)..(Header + (2 * (Chunk + Tag))));
        byte[] swapped = [.. encrypted[..Header], .. encrypted[second], .. encrypted[first], .. encrypted[second.End..]];
        byte[] mixed = [.. encrypted[..Header], .. other[first], .. encrypted[first.End..]];

        Assert.Throws<IOException>(() => Decrypt(swapped));
        Assert.Throws<IOException>(() => Decrypt(mixed));
    }

    [Fact]
    public void What_was_left_in_the_middle_is_not_taken_for_all()
    {
        using var target = new MemoryStream();
        using (var encrypting = new EncryptingStream(target, Key))
        {
            encrypting.Write(new byte[2 * Chunk]);
        }

        Assert.Throws<IOException>(() => Decrypt(target.ToArray()));
    }

    private static byte[] Encrypt(byte[] content)
    {
        using var target = new MemoryStream();
        using var encrypting = new EncryptingStream(target, Key);
        encrypting.Write(content);
        encrypting.Finish();
        return target.ToArray();
    }

    private static byte[] Decrypt(byte[] encrypted, byte[]? key = null)
    {
        using var decrypting = new DecryptingStream(new MemoryStream(encrypted), key ?? Key);
        using var content = new MemoryStream();
        decrypting.CopyTo(content);
        return content.ToArray();
    }
}
