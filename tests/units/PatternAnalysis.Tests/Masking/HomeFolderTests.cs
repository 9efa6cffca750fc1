using PatternAnalysis.Masking;

namespace PatternAnalysis.Tests.Masking;

/// <summary>A home folder says whose it is, in whatever spelling; what surrounds it stays.</summary>
public sealed class HomeFolderTests
{
    [Theory]
    [InlineData("=/home/jane", "=~")]
    [InlineData(":/home/jane", ":~")]
    [InlineData("x:/home/jane", "x:~")]
    [InlineData("cp /home/jane /home/bob", "cp ~ ~")]
    [InlineData("gcc -I/home/jane/x -L/home/jane/y z.c", "gcc -I~/x -L~/y z.c")]
    [InlineData("-I/home/jane/x", "-I~/x")]
    [InlineData("/c/Users/jane/x", "~/x")]
    [InlineData("/mnt/c/Users/jane/x", "~/x")]
    [InlineData("/var/home/jane/x", "~/x")]
    [InlineData("D:/Users/jane", "~")]
    [InlineData("D:\\\\Users\\\\jane\\\\x", "~\\\\x")]
    [InlineData("D:\\Documents and Settings\\jane\\x", "~\\x")]
    [InlineData("path:C:\\Users\\jane\\x", "path:~\\x")]
    [InlineData("\\\\server\\home\\jane\\x", "~\\x")]
    [InlineData("\\\\server\\Users\\jane\\x", "~\\x")]
    [InlineData("file://C:/Users/jane", "file://~")]
    [InlineData("file:///C:/Users/jane/x", "file:///~/x")]
    [InlineData("/Users/Shared2/x", "~/x")]
    public void A_home_folder_is_found_behind_whatever_a_path_can_follow(string text, string masked) =>
        Assert.Equal(masked, SecretMasker.Mask(text));

    [Theory]
    [InlineData("a/home/jane", "a/home/jane")]
    [InlineData("~/home/jane", "~/home/jane")]
    [InlineData("-/home/jane", "-/home/jane")]
    [InlineData("./home/jane", "./home/jane")]
    [InlineData("x-I/home/jane/x", "x-I/home/jane/x")]
    [InlineData("/mnt/home/jane", "/mnt/home/jane")]
    [InlineData("/var/lib/home/jane/x", "/var/lib/home/jane/x")]
    [InlineData("xD:\\Users\\jane", "xD:\\Users\\jane")]
    [InlineData("cd /home/ x", "cd /home/ x")]
    [InlineData("cd /home//x", "cd /home//x")]
    [InlineData("C:\\Users\\Public\\x", "C:\\Users\\Public\\x")]
    [InlineData("C:\\Users\\All Users\\x", "C:\\Users\\All Users\\x")]
    [InlineData("/Users/Shared/x", "/Users/Shared/x")]
    public void What_only_holds_the_word_stays(string text, string masked) => Assert.Equal(masked, SecretMasker.Mask(text));

    [Theory]
    [InlineData("/home/jane:/home/bob", "~:~")]
    [InlineData("/home/jane,x", "~,x")]
    [InlineData("/home/jane;x", "~;x")]
    [InlineData("/home/jane|x", "~|x")]
    [InlineData("/home/jane&x", "~&x")]
    [InlineData("/home/jane)x", "~)x")]
    [InlineData("/home/jane`x", "~`x")]
    [InlineData("/home/jane?x", "~?x")]
    [InlineData("/home/jane*x", "~*x")]
    [InlineData("/home/jane\tx", "~\tx")]
    [InlineData("/home/jane\nx", "~\nx")]
    public void A_name_ends_where_a_path_or_a_word_does(string text, string masked) => Assert.Equal(masked, SecretMasker.Mask(text));

    [Theory]
    [InlineData("cd \"/home/jane doe/x\"", "cd \"~/x\"")]
    [InlineData("cat \"/home/jane doe/x\" 'C:\\Users\\jane doe\\x'", "cat \"~/x\" '~\\x'")]
    [InlineData("/home/jane doe/x", "~/x")]
    [InlineData("a\n/home/jane doe/x", "a\n~/x")]
    [InlineData("cd /home/jane\\ doe/x", "cd ~/x")]
    [InlineData("cd /home/Jane Doe/x", "cd ~/x")]
    [InlineData("cd \"/home/Jane Doe\"", "cd \"~\"")]
    [InlineData("\"/home/a b c d/x\"", "\"~/x\"")]
    [InlineData("\"/home/a b c d e/x\"", "\"~ b c d e/x\"")]
    [InlineData("cd /home/jane doe/x", "cd ~ doe/x")]
    [InlineData("cd /home/Jane doe/x", "cd ~ doe/x")]
    [InlineData("cd /home/A B C D E/x", "cd ~ B C D E/x")]
    [InlineData("cd \"/home/jane doe\"", "cd \"~ doe\"")]
    [InlineData("cd /home/jane ", "cd ~ ")]
    public void A_name_of_several_words_is_hidden_whole_where_the_text_says_that_it_is_one(string text, string masked) =>
        Assert.Equal(masked, SecretMasker.Mask(text));

    [Theory]
    [InlineData("/x", "~/x")]
    [InlineData(" x", "~ x")]
    [InlineData("", "~")]
    public void A_name_longer_than_any_is_hidden_whole(string after, string masked) =>
        Assert.Equal(masked, SecretMasker.Mask($"/home/{new string('a', 80)}{after}"));
}
